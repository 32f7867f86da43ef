package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isBusy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.e2e.CapturedLog;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A database that takes its time, and many who want something of it. */
class SlowDatabaseTest extends WireTest {

  /** More than can wait, and more than a server has threads. */
  private static final int CALLERS = 250;

  private final App app = App.register(proxy);

  SlowDatabaseTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void loadIsShedAndTheRestGoesOn_DS14_TR18() {
    App.Tokens tokens = app.tokens();
    try (CapturedLog log = new CapturedLog();
        DatabaseRelay network = new DatabaseRelay(proxy.database);
        Instance instance =
            proxy.another(Setup.standard().on(any -> PostgresStorage.connect(network.dsn(), 2)))) {
      Wire slow = new Wire(instance);
      App.issued(slow.token(app.refreshing(tokens.refresh())));
      network.delayEachStatement(Duration.ofMillis(100));

      List<CompletableFuture<HttpResponse<String>>> refreshes =
          refreshes(instance, tokens.refresh());
      await().until(() -> refreshes.stream().anyMatch(SlowDatabaseTest::wasTurnedAway));
      assertThat(slow.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(slow.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(slow.get("/.well-known/oauth-authorization-server").statusCode()).isEqualTo(200);
      assertThat(log.messages()).anyMatch(line -> line.contains("too many wait"));
      assertThat(refreshes).anyMatch(refresh -> !refresh.isDone());

      network.delayEachStatement(Duration.ZERO);
      for (CompletableFuture<HttpResponse<String>> refresh : refreshes) {
        HttpResponse<String> answer = refresh.join();
        if (answer.statusCode() != 200) {
          isBusy(answer);
        }
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> slow.token(app.refreshing(tokens.refresh())).statusCode() == 200);
    }
  }

  private static boolean wasTurnedAway(CompletableFuture<HttpResponse<String>> refresh) {
    return refresh.isDone() && refresh.join().statusCode() == 503;
  }

  private List<CompletableFuture<HttpResponse<String>>> refreshes(
      Instance instance, String refreshToken) {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(instance.uri("/token"))
            .header("Content-Type", Wire.FORM)
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofString(app.refreshing(refreshToken).encoded()))
            .build();
    return IntStream.range(0, CALLERS)
        .mapToObj(any -> client.sendAsync(request, BodyHandlers.ofString()))
        .toList();
  }
}
