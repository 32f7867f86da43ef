package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.servlet.contract.BrokenServer;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.filter.BearerFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own trouble: an outage is 503, a bug is 500, and neither tells what is inside. */
class FailureTest {

  private static final String INSIDE = "db.internal:5432 refused";

  private final Container container = Container.jetty("");

  @AfterEach
  void stop() throws Exception {
    container.stop();
  }

  private static RuntimeException outage() {
    return new StorageException("redeem a code", new SQLException(INSIDE));
  }

  private static RuntimeException bug() {
    return new IllegalStateException(INSIDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/revoke"})
  void outageIsNeverBlamedOnTheClient_TC27_RV08(String path) throws Exception {
    start(FailureTest::outage);
    HttpResponse<String> response = post(path);

    assertBusy(response);
    assertThat(response.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
  }

  @Test
  void outageIsAPageForPeople() throws Exception {
    start(FailureTest::outage);
    HttpResponse<String> response = get("/authorize");

    assertBusy(response);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
  }

  @Test
  void outageDuringValidationIsNoChallenge_RS10() throws Exception {
    start(FailureTest::outage);
    HttpResponse<String> response = get("/mcp");

    assertBusy(response);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/authorize", "/mcp", "/jwks"})
  void bugIsReportedUnderAnIdAndNothingElseIsTold_LG02(String path) throws Exception {
    start(FailureTest::bug);
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .containsPattern("[Ii]d: (<code>)?[0-9a-z]{8}")
        .doesNotContain(INSIDE, "Exception", "io.mcpoauth");
  }

  @Test
  void stackThatOverflowsIsABugLikeAnyOther_LG10() throws Exception {
    start(FailureTest::endless);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = get("/authorize");
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).containsPattern("id: <code>[0-9a-z]{8}").doesNotContain("Error:");
    }
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static RuntimeException endless() {
    return endless();
  }

  @Test
  void serverThatIsNotReadyIsAliveAllTheSame_CF09() throws Exception {
    start(FailureTest::outage);
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  private static void assertBusy(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After").orElseThrow()).matches("[1-5]");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.body()).doesNotContain(INSIDE);
  }

  private void start(Supplier<RuntimeException> failure) throws Exception {
    try (AuthorizationServer real =
        TestServer.at(URI.create("http://localhost:" + container.port()))) {
      BrokenServer server = new BrokenServer(real.settings(), failure);
      SecretSource random = SecretSource.system();
      container.addServlet(new OAuthServlet(server, random), List.of("/*"));
      container.addFilter(
          new BearerFilter(server, server.settings().resources().get(0), random), "/mcp/*");
      container.start();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpResponse<String> post(String path) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=x")));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
