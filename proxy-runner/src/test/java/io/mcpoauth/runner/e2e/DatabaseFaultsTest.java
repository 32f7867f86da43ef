package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users see while the database comes up, stops, crashes or goes silent: never a false 401. */
@DisabledOnOs(OS.WINDOWS)
class DatabaseFaultsTest {

  private static final HttpCalls http = new HttpCalls();
  private static final RealParts parts = RealParts.start(() -> {});

  private static FaultyPostgres database;
  private static RunningInstance proxy;
  private static int metadataBefore;
  private static int readyBefore;
  private static int liveBefore;

  @BeforeAll
  static void startTheProxyBeforeTheDatabase(@TempDir Path folder) {
    database = new FaultyPostgres(folder.resolve("data"));
    proxy = RunningInstance.unready(parts, Map.of("DATABASE_DSN", database.dsn()));
    metadataBefore = status("/.well-known/oauth-authorization-server");
    readyBefore = status("/health/ready");
    liveBefore = status("/health/live");
    database.start();
    RunningInstance.awaitReady(parts.proxy());
  }

  @AfterAll
  static void stop() {
    proxy.close();
    database.close();
    parts.close();
  }

  enum Fault {
    STOPPED,
    KILLED,
    FROZEN;

    void strike(FaultyPostgres database) {
      switch (this) {
        case STOPPED -> database.stop();
        case KILLED -> database.kill();
        case FROZEN -> database.freeze();
      }
    }

    void heal(FaultyPostgres database) {
      switch (this) {
        case STOPPED, KILLED -> database.start();
        case FROZEN -> database.thaw();
      }
    }
  }

  @Test
  void proxyThatIsUpBeforeTheDatabaseServesDocumentsAndGetsReadyByItself_CF09_CF10() {
    assertThat(metadataBefore).isEqualTo(200);
    assertThat(liveBefore).isEqualTo(200);
    assertThat(readyBefore).isEqualTo(503);
    assertThat(status("/health/ready")).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void outageIsToldAsOneAndOvercomeWithoutHelp_RS10_RV08_CF09_DB09(Fault fault) throws Exception {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    SignedInClient unseen = SignedInClient.of(parts.protectedMcpServer());
    int usual = callMcp(client);
    assertThat(usual).isLessThan(500).isNotEqualTo(401);
    Load load = new Load(client);
    fault.strike(database);
    try {
      CompletableFuture<HttpResponse<String>> refresh =
          CompletableFuture.supplyAsync(() -> refresh(client));
      CompletableFuture<HttpResponse<String>> call =
          CompletableFuture.supplyAsync(() -> unseen.flow().callMcp(unseen.tokens().accessToken()));
      assertThat(status("/health/live")).isEqualTo(200);
      assertThat(status("/health/ready")).isEqualTo(503);
      assertThatIsAnOutage(refresh.get(20, TimeUnit.SECONDS));
      assertThatIsAnOutage(call.get(20, TimeUnit.SECONDS));
    } finally {
      fault.heal(database);
    }
    RunningInstance.awaitReady(parts.proxy());

    assertThat(load.stop()).containsExactly(usual);
    assertThat(FlowDriver.tokens(refresh(client))).isNotNull();
    assertThat(callMcp(unseen)).isEqualTo(usual);
  }

  /** Requests with a token that this instance knows, one after the other. */
  private static final class Load {

    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> requests;

    Load(SignedInClient client) {
      requests =
          CompletableFuture.runAsync(
              () -> {
                while (!over.get()) {
                  seen.add(callMcp(client));
                }
              });
    }

    /** Answers with every status that was seen. */
    Set<Integer> stop() throws Exception {
      over.set(true);
      requests.get(20, TimeUnit.SECONDS);
      return seen;
    }
  }

  private static void assertThatIsAnOutage(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  private static HttpResponse<String> refresh(SignedInClient client) {
    return client.flow().refresh(client.metadata(), client.id(), client.tokens().refreshToken());
  }

  private static int callMcp(SignedInClient client) {
    return client.flow().callMcp(client.tokens().accessToken()).statusCode();
  }

  private static int status(String path) {
    return http.get(parts.proxy().resolve(path)).statusCode();
  }
}
