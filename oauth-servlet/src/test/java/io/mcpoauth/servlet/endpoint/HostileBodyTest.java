package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are made to hurt whoever reads them. */
class HostileBodyTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";
  private static final Duration LIMIT = Duration.ofMillis(50);

  private final Container container = Container.jetty("");
  private final HttpClient http = HttpClient.newHttpClient();
  private final AuthorizationServer server =
      TestServer.at(URI.create("http://localhost:" + container.port()));

  @BeforeEach
  void start() throws Exception {
    container.addServlet(new OAuthServlet(server, SecretSource.system()), List.of("/*"));
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/authorize?client_id=a%00",
        "/authorize?client_id=a&scope=%00",
        "/authorize?client_id=a&state=a%00b",
        "/authorize?%00=a",
        "/callback?state=%00",
        "/callback?code=a%00&state=b",
        "/callback/test?error=%00"
      })
  void nulInAQueryIsRefused_HP11(String path) throws Exception {
    assertThat(send(HttpRequest.newBuilder(uri(path))).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00=a", "x=%00", "x=a%00b"})
  void nulInAGoodRequestIsRefused_HP11(String parameter) throws Exception {
    String query = TestServer.authorizeQuery(TestServer.registeredClient(server), "s");
    String good = "/authorize?" + query + "&x=a";

    assertThat(send(HttpRequest.newBuilder(uri(good))).statusCode()).isEqualTo(200);
    assertThat(send(HttpRequest.newBuilder(uri("/authorize?" + query + "&" + parameter))))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/token, grant_type=authorization_code&code=a%00",
    "/token, grant_type=authorization_code&code=a&client_id=%00",
    "/token, grant_type=refresh_token&refresh_token=%00",
    "/token, grant_type=refresh_token&refresh_token=a&scope=a%00b",
    "/token, a%00=b",
    "/revoke, token=%00",
    "/revoke, token=a&client_id=a%00",
    "/introspect, token=a%00",
    "/consent, ticket=%00"
  })
  void nulInAFormIsRefused_HP11(String path, String form) throws Exception {
    assertThat(post(path, FORM, form).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"redirect_uris\":[\"https://a.b/c\"],\"client_name\":\"a\\u0000b\"}",
        "{\"redirect_uris\":[\"https://a.b/c\\u0000\"]}",
        "{\"redirect_uris\":[\"https://a.b/c\"],\"a\\u0000b\":1}",
        "{\"redirect_uris\":[\"https://a.b/c\"],\"contacts\":[\"\\u0000\"]}"
      })
  void nulInJsonIsRefused_HP11(String body) throws Exception {
    assertThat(post("/register", JSON, body).statusCode()).isEqualTo(400);
  }

  @Test
  void nulInCredentialsIsRefused_HP11() throws Exception {
    for (String pair : List.of("YQA6Yg==", "YTpiAA==", "AA==")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri("/token"))
              .header("Content-Type", FORM)
              .header("Authorization", "Basic " + pair)
              .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=a"));
      assertThat(send(request).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/revoke", "/introspect", "/register", "/consent"})
  void bodyThatSaysThatItIsHugeIsNotWaitedFor_HP13(String path) throws Exception {
    try (RawClient client = new RawClient(container.port())) {
      client.send(head(path) + "Content-Length: 10737418240\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n"))
          .startsWith("HTTP/1.1 413")
          .containsIgnoringCase("connection: close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/token", "/register"})
  void bodyWithoutAnEndIsLeftAtTheLimit_HP13(String path) throws Exception {
    try (RawClient client = new RawClient(container.port())) {
      client.send(head(path) + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("10001\r\n" + "a".repeat(0x10001) + "\r\n");
      assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void namesThatCollideAreNoSlowerThanOthers_HP14() throws Exception {
    List<String> names = collidingNames();
    assertThat(names.stream().map(String::hashCode).distinct()).hasSize(1);
    String form = names.stream().map(name -> name + "=1").collect(Collectors.joining("&"));
    String json =
        names.stream().map(name -> '"' + name + "\":1").collect(Collectors.joining(",", "{", "}"));
    post("/token", FORM, form);
    post("/register", JSON, json);

    assertThat(quickest("/token", FORM, form)).isEqualTo(400);
    assertThat(quickest("/register", JSON, json)).isEqualTo(400);
    assertThat(post("/token", FORM, "a=1&".repeat(10_000)).statusCode()).isEqualTo(400);
    assertThat(post("/register", JSON, "{\"a\":1," + "\"b\":1,".repeat(10_000)).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/token, gzip",
    "/token, deflate",
    "/token, br",
    "/token, 'identity, gzip'",
    "/revoke, gzip",
    "/introspect, x-gzip",
    "/consent, gzip",
    "/register, zstd"
  })
  void codedBodiesAreNotRead_HP15(String path, String coding) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", path.equals("/register") ? JSON : FORM)
            .header("Content-Encoding", coding)
            .POST(BodyPublishers.ofString("x"));
    assertThat(send(request).statusCode()).isEqualTo(415);
  }

  /** "Aa" and "BB" have the same hash, and so has everything that is made of as many of them. */
  private static List<String> collidingNames() {
    return IntStream.range(0, 2_048)
        .mapToObj(
            i ->
                IntStream.range(0, 11)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining()))
        .toList();
  }

  /** The status; the best of some answers comes within the limit. */
  private int quickest(String path, String contentType, String body) throws Exception {
    int status = 0;
    Duration best = LIMIT;
    for (int i = 0; i < 10 && best.compareTo(LIMIT) >= 0; i++) {
      long start = System.nanoTime();
      status = post(path, contentType, body).statusCode();
      best = Duration.ofNanos(System.nanoTime() - start);
    }
    assertThat(best).isLessThan(LIMIT);
    return status;
  }

  private static String head(String path) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n"
        .formatted(path, path.equals("/register") ? JSON : FORM);
  }

  private HttpResponse<String> post(String path, String contentType, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + path);
  }
}
