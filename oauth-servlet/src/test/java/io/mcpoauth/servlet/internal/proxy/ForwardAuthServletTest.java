package io.mcpoauth.servlet.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestProvider;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.forward.AllowedOrigins;
import io.mcpoauth.servlet.forward.ForwardAuth;
import io.mcpoauth.servlet.forward.McpServer;
import io.mcpoauth.servlet.limit.TrustedProxies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a web server is told that asks who may pass. */
class ForwardAuthServletTest {

  private static final int FORGED = 3;

  private final Container container = Container.jetty("");
  private final AuthorizationServer server =
      TestServer.builder(
              URI.create("http://localhost:8080"), new InMemoryStorage(InstantSource.system()))
          .forgedTokenLimit(RateLimit.perMinute(FORGED))
          .build();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    McpServer mcpServer =
        new McpServer(
            server.settings().resources().get(0), URI.create("http://localhost:8080/mcp"), true);
    ForwardAuth forwardAuth =
        new ForwardAuth(
            server,
            List.of(mcpServer),
            AllowedOrigins.standard(),
            SecretSource.system(),
            TrustedProxies.of(List.of("127.0.0.1")));
    container.addServlet(new ForwardAuthServlet(forwardAuth, server.settings()), List.of("/*"));
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void tokenLetsPassAndSaysWho_S21() throws Exception {
    HttpResponse<String> answer = ask("/mcp", "Authorization", token());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(values(answer, "X-Forwarded-User")).containsExactly("test:42");
    assertThat(values(answer, "X-Forwarded-Name")).containsExactly("Ada L%C3%B8velace");
    assertThat(values(answer, "X-Forwarded-Access-Token")).containsExactly(TestProvider.TOKEN);
    assertThat(values(answer, "Cache-Control")).containsExactly("no-store");
  }

  @Test
  void whatIsNotKnownIsEmptySoThatNothingOfTheClientsIsLeft_HS01() throws Exception {
    HttpResponse<String> answer = ask("/mcp", "Authorization", token());

    assertThat(values(answer, "X-Forwarded-Email")).containsExactly("");
    assertThat(values(answer, "X-Forwarded-Identity")).containsExactly("");
  }

  @Test
  void requestWithoutTokenIsChallenged_RS01() throws Exception {
    HttpResponse<String> answer = ask("/mcp", "X-Custom", "1");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(values(answer, "WWW-Authenticate"))
        .singleElement()
        .asString()
        .startsWith("Bearer ")
        .contains("resource_metadata=\"http://localhost:8080/");
    assertThat(answer.headers().map()).doesNotContainKey("X-Forwarded-User");
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer nonsense",
    "Cookie, __Host-mcp-session=nonsense",
    "X-Forwarded-User, mallory"
  })
  void nothingButATokenLetsPass_RS31(String name, String value) throws Exception {
    assertThat(ask("/mcp", name, value).statusCode()).isEqualTo(401);
  }

  @Test
  void usersOwnWordOnWhoTheyAreIsReplaced_HS01() throws Exception {
    HttpResponse<String> answer =
        ask(
            "/mcp",
            "Authorization",
            token(),
            "X-Forwarded-User",
            "mallory",
            "X-Forwarded-Email",
            "mallory@example.com");

    assertThat(values(answer, "X-Forwarded-User")).containsExactly("test:42");
    assertThat(values(answer, "X-Forwarded-Email")).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X_Forwarded_User", "x-forwarded_email", "X.Forwarded.Access.Token"})
  void fieldThatTheWebServerWouldNotReplaceIsRefused_HS03(String name) throws Exception {
    assertThat(ask("/mcp", "Authorization", token(), name, "mallory").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Uri", "X-Original-URI", "X-Forwarded-Path"})
  void clientsWordOnWhereItGoesHasNoSay_S21(String name) throws Exception {
    assertThat(ask("/other", "Authorization", token(), name, "/mcp").statusCode()).isEqualTo(404);
    assertThat(ask("/mcp", "Authorization", token(), name, "/other").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/", "/mcp/x", "/%6dcp", "/MCP", "/", "/mcp;x"})
  void pathHasToBeThatOfTheResource_RS16(String path) throws Exception {
    assertThat(ask(path, "Authorization", token()).statusCode()).isBetween(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://attacker.example", "null"})
  void pageThatMayNotCallIsRefused_RS14(String origin) throws Exception {
    assertThat(ask("/mcp", "Authorization", token(), "Origin", origin).statusCode()).isEqualTo(403);
  }

  @Test
  void pageThatMayCallCanReadWhyItIsRefused_WB02() throws Exception {
    HttpResponse<String> answer = ask("/mcp", "Origin", "https://app.example");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(values(answer, "Access-Control-Allow-Origin"))
        .containsExactly("https://app.example");
  }

  @Test
  void whoForgesTokensIsStoppedAlone_DS08() throws Exception {
    String forged = "Bearer " + TestServer.forged(TestServer.accessToken(server));
    for (int i = 0; i < FORGED; i++) {
      assertThat(askFrom("203.0.113.1", forged).statusCode()).isEqualTo(401);
    }
    assertThat(askFrom("203.0.113.1", forged).statusCode()).isEqualTo(429);
    assertThat(askFrom("203.0.113.2", token()).statusCode()).isEqualTo(200);
  }

  @Test
  void webServerThatDoesNotSayWhoAsksIsNotStopped_DS08() throws Exception {
    String forged = "Bearer " + TestServer.forged(TestServer.accessToken(server));
    for (int i = 0; i <= FORGED; i++) {
      assertThat(ask("/mcp", "Authorization", forged).statusCode()).isEqualTo(401);
    }
    assertThat(ask("/mcp", "Authorization", token()).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> askFrom(String client, String authorization) throws Exception {
    return ask("/mcp", "Authorization", authorization, "X-Forwarded-For", client);
  }

  private String token() {
    return "Bearer " + TestServer.accessToken(server).expose();
  }

  private static List<String> values(HttpResponse<String> answer, String name) {
    return answer.headers().allValues(name);
  }

  private HttpResponse<String> ask(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + container.port() + path);
    return http.send(HttpRequest.newBuilder(uri).headers(headers).build(), BodyHandlers.ofString());
  }
}
