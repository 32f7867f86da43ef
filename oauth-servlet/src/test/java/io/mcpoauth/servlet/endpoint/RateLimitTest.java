package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.limit.TrustedProxies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks too often is told to wait, and nobody else is. */
class RateLimitTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LIMIT = 5;
  private static final String SOMEBODY = "203.0.113.1";
  private static final String ANOTHER = "203.0.113.2";

  private final Container container = Container.jetty("");
  private final HttpClient http = HttpClient.newHttpClient();
  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final AuthorizationServer server =
      TestServer.at(URI.create("http://localhost:" + container.port()));

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  private void start(RateLimit requests, RateLimit registrations, TrustedProxies proxies)
      throws Exception {
    AddressLimits limits = new AddressLimits(requests, registrations, proxies, clock);
    container.addServlet(new OAuthServlet(server, SecretSource.system(), limits), List.of("/*"));
    container.start();
  }

  private void startBehindAProxy() throws Exception {
    start(RateLimit.perMinute(LIMIT), RateLimit.none(), TrustedProxies.of(List.of("127.0.0.1")));
  }

  @Test
  void rotatingForwardedForChangesNothing_DS01() throws Exception {
    start(RateLimit.perMinute(LIMIT), RateLimit.none(), TrustedProxies.none());
    for (int i = 0; i < LIMIT; i++) {
      assertThat(refresh("203.0.113." + i).statusCode()).isEqualTo(401);
    }
    assertThat(refresh("203.0.113.99").statusCode()).isEqualTo(429);
  }

  @Test
  void overTheLimitIs429WithATimeAndAnError_DS04() throws Exception {
    startBehindAProxy();
    useUp(SOMEBODY);

    HttpResponse<String> answer = refresh(SOMEBODY);
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(TestServer.jsonString("error", answer.body())).isEqualTo("too_many_requests");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    int seconds = Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow());
    assertThat(seconds).isBetween(12, 18);

    clock.advance(Duration.ofSeconds(seconds));
    assertThat(refresh(SOMEBODY).statusCode()).isEqualTo(401);
  }

  @Test
  void peopleSeeAPage_DS04() throws Exception {
    startBehindAProxy();
    useUp(SOMEBODY);

    HttpResponse<String> page = send(get("/authorize?client_id=x", SOMEBODY));
    assertThat(page.statusCode()).isEqualTo(429);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Retry-After")).isPresent();
    assertThat(page.body()).contains("Wait a minute");
  }

  @Test
  void othersAreServedMeanwhile_DS05() throws Exception {
    startBehindAProxy();
    useUp(SOMEBODY);

    assertThat(refresh(SOMEBODY).statusCode()).isEqualTo(429);
    assertThat(refresh(ANOTHER).statusCode()).isEqualTo(401);
  }

  @Test
  void documentsAndHealthAreNotCounted() throws Exception {
    startBehindAProxy();
    useUp(SOMEBODY);

    for (String path :
        List.of("/.well-known/oauth-authorization-server", "/jwks", "/health/live")) {
      assertThat(send(get(path, SOMEBODY)).statusCode()).isEqualTo(200);
    }
    HttpRequest.Builder preflight =
        HttpRequest.newBuilder(uri("/token")).method("OPTIONS", BodyPublishers.noBody());
    assertThat(send(preflight.header("X-Forwarded-For", SOMEBODY)).statusCode()).isEqualTo(204);
  }

  @Test
  void registrationsAreCountedMoreStrictly_RG22() throws Exception {
    start(RateLimit.none(), RateLimit.perMinute(2), TrustedProxies.of(List.of("127.0.0.1")));

    assertThat(register(SOMEBODY).statusCode()).isEqualTo(201);
    assertThat(register(SOMEBODY).statusCode()).isEqualTo(201);
    HttpResponse<String> third = register(SOMEBODY);
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).isPresent();
    assertThat(register(ANOTHER).statusCode()).isEqualTo(201);
  }

  @Test
  void guessingASecretIsStoppedAndTheClientGoesOn_CA09() throws Exception {
    start(RateLimit.none(), RateLimit.none(), TrustedProxies.of(List.of("127.0.0.1")));
    HttpResponse<String> registered =
        send(
            post(
                "/register",
                "application/json",
                ANOTHER,
                "{\"redirect_uris\":[\"https://a.b/c\"]}"));
    String id = TestServer.jsonString("client_id", registered.body());
    String secret = TestServer.jsonString("client_secret", registered.body());

    for (int i = 0; i < 60; i++) {
      assertThat(authenticate(SOMEBODY, id, "guess" + i).statusCode()).isEqualTo(401);
    }
    HttpResponse<String> stopped = authenticate(SOMEBODY, id, "one more");
    assertThat(stopped.statusCode()).isEqualTo(429);
    assertThat(stopped.headers().firstValue("Retry-After")).isPresent();
    assertThat(authenticate(SOMEBODY, id, secret).statusCode()).isEqualTo(429);
    assertThat(authenticate(ANOTHER, id, secret).body()).contains("unauthorized_client");
  }

  private void useUp(String address) throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      refresh(address);
    }
  }

  private HttpResponse<String> refresh(String address) throws Exception {
    return send(post("/token", FORM, address, "grant_type=refresh_token"));
  }

  private HttpResponse<String> register(String address) throws Exception {
    return send(post("/register", "application/json", address, TestServer.registration()));
  }

  private HttpResponse<String> authenticate(String address, String id, String secret)
      throws Exception {
    String credentials =
        Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return send(
        post("/token", FORM, address, "grant_type=refresh_token&refresh_token=x")
            .header("Authorization", "Basic " + credentials));
  }

  private HttpRequest.Builder post(String path, String contentType, String address, String body) {
    return HttpRequest.newBuilder(uri(path))
        .header("X-Forwarded-For", address)
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder get(String path, String address) {
    return HttpRequest.newBuilder(uri(path)).header("X-Forwarded-For", address);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + path);
  }
}
