package io.mcpoauth.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.User;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every proxy engine must do between a client and an MCP server. */
public abstract class ProxyEngineContract extends ProxyRequestContract {

  private static final String CORS = "access-control-allow-origin";
  private static final String SESSION = "Mcp-Session-Id";

  @Test
  void requestWithoutTokenIsChallengedAndReachesNobody_RS01() throws Exception {
    HttpResponse<String> response = send(request("/mcp").GET());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer ")
        .contains("resource_metadata=")
        .doesNotContain("error");
    assertThat(response.headers().firstValue(CORS)).contains("*");
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void requestWithBadTokenIsRefusedAndReachesNobody_RS02() throws Exception {
    HttpResponse<String> response =
        send(
            request("/mcp")
                .header("Authorization", "Bearer nonsense")
                .POST(BodyPublishers.ofString("x")));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .contains("error=\"invalid_token\"");
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void requestPassesWithTheUserAndWithoutTheToken_HS01_HS10_RS11_WB12() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(
            authorized("/mcp/tools%20list?a=%7B1%7D&access_token=stolen&b")
                .header("X-Forwarded-User", "mallory")
                .header("x_forwarded_email", "mallory@example.com")
                .header("X.Forwarded.Access.Token", "forged")
                .header("OIDC_CLAIM_email", "mallory@example.com")
                .header("Cookie", "__Host-mcp-consent=abc; other=1")
                .POST(BodyPublishers.ofString("{\"ping\":1}")));
    RawUpstream.Call call = upstream.next();

    assertThat(call.requestLine())
        .isEqualTo("POST /internal/mcp/tools%20list?a=%7B1%7D&b HTTP/1.1");
    assertThat(call.values("X-Forwarded-User")).containsExactly("test:42");
    assertThat(call.values("X-Forwarded-Name")).containsExactly("Ada L%C3%B8velace");
    assertThat(call.values("X-Forwarded-Access-Token")).containsExactly(TestProvider.TOKEN);
    assertThat(call.values("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(call.values("X-Forwarded-Proto")).containsExactly("http");
    assertThat(call.values("X-Forwarded-Host")).containsExactly("localhost:" + port());
    assertThat(call.names())
        .doesNotContain("Authorization", "Cookie", "x_forwarded_email", "X.Forwarded.Access.Token")
        .doesNotContain("OIDC_CLAIM_email");
    assertThat(call.values("X-Forwarded-Email")).isEmpty();
    assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("{\"ping\":1}");

    call.answer("200 OK", "", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(get(answer).body()).isEqualTo("{}");
  }

  @Test
  void codedBodyPassesAsItIs_HP15() throws Exception {
    byte[] coded = {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3};
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(
            authorized("/mcp")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(coded)));
    RawUpstream.Call call = upstream.next();

    assertThat(call.values("Content-Encoding")).containsExactly("gzip");
    assertThat(call.body()).isEqualTo(coded);
    call.answer("200 OK", "", "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(get(answer).statusCode()).isEqualTo(200);
  }

  @Test
  void nominatedHeadersAreDroppedAndOursStillArrive_HS05() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(
          "GET /mcp HTTP/1.1\r\nHost: localhost:"
              + port()
              + "\r\nAuthorization: Bearer "
              + token());
      client.send("\r\nConnection: close, X-Forwarded-User, Authorization, Host, X-Custom\r\n");
      client.send("X-Custom: 1\r\nX-Other: 2\r\n\r\n");
      RawUpstream.Call call = upstream.next();

      assertThat(call.values("X-Forwarded-User")).containsExactly("test:42");
      assertThat(call.values("X-Forwarded-Access-Token")).hasSize(1);
      assertThat(call.values("Host")).hasSize(1);
      assertThat(call.values("X-Custom")).isEmpty();
      assertThat(call.values("X-Other")).containsExactly("2");
      call.answer("200 OK", "", new byte[0]);
      assertThat(client.readAll()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void responseHeadersPassByPolicy_RS21() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = sendAsync(authorized("/mcp").GET());
    String fields =
        """
        Mcp-Session-Id: s2\r
        Server: secret/1.0\r
        Set-Cookie: a=b\r
        Access-Control-Allow-Origin: https://internal\r
        Connection: X-Hop\r
        X-Hop: 1\r
        Date: Tue, 15 Nov 1994 08:12:31 GMT\r
        Location: %s\r
        """
            .formatted(upstream.url("/internal/mcp/other?x=1"));
    upstream.next().answer("307 Temporary Redirect", fields, new byte[0]);
    HttpResponse<String> response = get(answer);

    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(response.headers().allValues(SESSION)).singleElement().asString().startsWith("s2");
    assertThat(response.headers().allValues(CORS)).containsExactly("*");
    assertThat(response.headers().allValues("Date"))
        .containsExactly("Tue, 15 Nov 1994 08:12:31 GMT");
    assertThat(response.headers().allValues("Location"))
        .containsExactly("http://localhost:" + port() + "/mcp/other?x=1");
    assertThat(response.headers().map().keySet())
        .doesNotContain("set-cookie", "x-hop")
        .noneMatch(name -> response.headers().allValues(name).contains("secret/1.0"));
  }

  @Test
  void internalHostsAreNotToldToClients_RS21() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = sendAsync(authorized("/mcp").GET());
    String fields =
        """
        WWW-Authenticate: Bearer resource_metadata="%1$s", error="insufficient_scope"\r
        Link: <%1$s>; rel=next\r
        Refresh: 0;url=%1$s\r
        Location: http://10.0.0.5/x\r
        X-Accel-Redirect: /internal\r
        X-Sendfile: /etc/passwd\r
        Authorization: Bearer internal\r
        """
            .formatted(upstream.url("/internal"));
    upstream.next().answer("401 Unauthorized", fields, new byte[0]);
    HttpResponse<String> response = get(answer);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer resource_metadata=\"http://localhost:" + port() + "/.well-known/")
        .endsWith("/mcp\", error=\"insufficient_scope\"");
    assertThat(response.headers().map().keySet())
        .doesNotContain(
            "link", "refresh", "location", "x-accel-redirect", "x-sendfile", "authorization");
  }

  @Test
  void emptyAnswerWithALengthDoesNoHarm_RS22() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = sendAsync(authorized("/mcp").DELETE());
    upstream.next().answer("204 No Content", "", "hello".getBytes(StandardCharsets.UTF_8));

    assertThat(get(answer).statusCode()).isIn(204, 502);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?x=\u00ff", "?x=\u00c4\u008aX:1", "?\u00c3\u00a9"})
  void queryOfOtherBytesThanCharactersReachesNobody_RS16(String query) throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send("GET /mcp" + query + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
      client.send("Connection: close\r\nAuthorization: Bearer " + token() + "\r\n\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400");
    }
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void sessionIsGoodForTheUserAndClientThatOpenedIt_RS27() throws Exception {
    String session = openedSession();
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(authorized("/mcp").header(SESSION, session).DELETE());
    RawUpstream.Call call = upstream.next();
    assertThat(call.values(SESSION)).containsExactly("s3");
    call.answer("204 No Content", "", new byte[0]);

    assertThat(get(answer).statusCode()).isEqualTo(204);
  }

  @Test
  void sessionOfSomebodyElseReachesNobody_RS27() throws Exception {
    String own = tied(granted(), "s3");
    Granted other =
        new Granted(
            new User("test:43", "test", null, null),
            granted().clientId(),
            "grant",
            "token",
            granted().scopes(),
            null);

    assertThat(statusInSession(SESSION, tied(other, "s3"))).isEqualTo(404);
    assertThat(statusInSession(SESSION, "s3")).isEqualTo(404);
    assertThat(statusInSession(SESSION, own + "a")).isEqualTo(404);
    assertThat(statusInSession("mcp_session.id", "s3")).isEqualTo(404);
    HttpRequest.Builder twice = authorized("/mcp").header(SESSION, own).header(SESSION, own);
    assertThat(send(twice.GET()).statusCode()).isEqualTo(404);
    assertThat(upstream.connections()).isZero();
  }

  private String tied(Granted granted, String sessionId) {
    return server.tieSession(granted, server.settings().resources().get(0), sessionId);
  }

  private int statusInSession(String field, String id) throws Exception {
    return send(authorized("/mcp").header(field, id).GET()).statusCode();
  }

  /** The id by which the client knows the session {@code s3}. */
  private String openedSession() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(authorized("/mcp").POST(BodyPublishers.ofString("{}")));
    RawUpstream.Call call = upstream.next();
    call.body();
    call.answer("200 OK", "mcp-session-id: s3\r\n", new byte[0]);
    return get(answer).headers().firstValue(SESSION).orElseThrow();
  }

  @Test
  void serverThatIsDownIsAnsweredWith502_RS22() throws Exception {
    upstream.close();
    HttpResponse<String> response = send(authorized("/mcp").POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).contains("\"jsonrpc\":\"2.0\"").doesNotContain("127.0.0.1");
    assertThat(response.headers().firstValue(CORS)).contains("*");
  }

  @Test
  void serverThatBreaksOffBeforeItsAnswerIsAnsweredWith502_RS22() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(authorized("/mcp").POST(BodyPublishers.ofString("{}")));
    upstream.next().close();

    assertThat(get(answer).statusCode()).isEqualTo(502);
    assertThat(upstream.connections()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void serverThatBreaksOffWhileTheBodyComesIsAnsweredWith502_RS22() throws Exception {
    String half = "x".repeat(100_000);
    try (RawClient client = new RawClient(port())) {
      client.send("POST /mcp HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
      client.send("Authorization: Bearer " + token() + "\r\nContent-Length: 200000\r\n\r\n");
      client.send(half);
      RawUpstream.Call call = upstream.next();
      CompletableFuture<?> rest = CompletableFuture.runAsync(() -> client.sendIfTaken(half));
      call.close();

      assertThat(client.readUntil("\r\n")).startsWith("HTTP/1.1 502");
      get(rest);
    }
  }

  @Test
  void answerThatBreaksOffIsNotEndedAsIfItWereWhole_RS22() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send("GET /mcp HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
      client.send("Authorization: Bearer " + token() + "\r\n\r\n");
      RawUpstream.Call call = upstream.next();
      call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      call.chunk("{\"half\":");
      client.readUntil("half");
      call.close();
      assertThat(client.readAll()).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void everyRequestLeavesItsPlaceToAnother_SL06() throws Exception {
    upstream.close();
    for (int i = 0; i <= PLACES; i++) {
      assertThat(send(authorized("/mcp").GET()).statusCode()).isEqualTo(502);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/mcp/../admin",
        "/mcp/%2e%2e/admin",
        "/mcp/..;/admin",
        "/mcp//x",
        "/mcp\\x",
        "/mcp/%2fadmin",
        "/mcp/%5cadmin",
        "/mcp/x;y",
        "/%6dcp",
        "/mcp/%25zz",
        "/mcp/%",
        "/mcp/%zz",
        "/mcp/%c0%ae",
        "/mcp/%00"
      })
  void pathThatServersCouldReadDifferentlyReachesNobody_RS16_RS17(String path) throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
      client.send("Connection: close\r\nAuthorization: Bearer " + token() + "\r\n\r\n");
      assertThat(client.readAll()).containsPattern("^HTTP/1.1 40[04]");
    }
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void preflightNeedsNoToken_WB02() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send("OPTIONS /mcp HTTP/1.1\r\nHost: localhost:" + port() + "\r\n");
      client.send("Origin: https://app.example\r\nAccess-Control-Request-Method: POST\r\n");
      client.send("Access-Control-Request-Headers: mcp-param-region, x-evil\r\n");
      client.send("Connection: close\r\n\r\n");
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 204")
          .containsIgnoringCase("Access-Control-Allow-Origin: *\r\n")
          .contains("mcp-param-region")
          .doesNotContain("x-evil");
    }
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void pathOfNoServerIsNotForwarded() throws Exception {
    assertThat(send(authorized("/mcpx").GET()).statusCode()).isEqualTo(404);
    assertThat(upstream.connections()).isZero();
  }
}
