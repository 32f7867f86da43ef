package io.mcpoauth.servlet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter in front of an application, in some container. */
abstract class BearerFilterContract {

  private static final int FORGED = 3;

  private final Container container = newContainer();
  private AuthorizationServer server;

  abstract Container newContainer();

  /** An application that tells what it sees. */
  static final class Application extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .println(
              List.of(
                  request.getRemoteUser(),
                  request.isUserInRole("mcp"),
                  request.isUserInRole("admin"),
                  String.valueOf(request.getHeader("Authorization")),
                  String.valueOf(request.getHeader("X_Forwarded_User")),
                  Collections.list(request.getHeaderNames()).stream()
                      .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("forwarded")),
                  String.valueOf(request.getHeader("X-Custom"))));
    }
  }

  @BeforeEach
  void start() throws Exception {
    URI issuer = URI.create("http://localhost:" + container.port());
    server =
        TestServer.builder(issuer, new InMemoryStorage(InstantSource.system()))
            .forgedTokenLimit(RateLimit.perMinute(FORGED))
            .build();
    container.addServlet(new Application(), List.of("/mcp/*"));
    container.addFilter(
        new BearerFilter(server, server.settings().resources().get(0), SecretSource.system()),
        "/mcp/*");
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void applicationSeesTheUserAndNoForgery_HS01_RS11() throws Exception {
    HttpResponse<String> response =
        get(
            "Authorization", "Bearer " + TestServer.accessToken(server).expose(),
            "X_Forwarded_User", "mallory",
            "X-Forwarded-For", "203.0.113.9",
            "X-Custom", "kept");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body().strip())
        .isEqualTo("[test:42, true, false, null, null, false, kept]");
  }

  @Test
  void requestWithoutTokenIsChallenged_RS01() throws Exception {
    HttpResponse<String> response = get("X-Custom", "1");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer ")
        .contains("resource_metadata=");
  }

  @Test
  void whoForgesTokensIsToldToStop_DS08() throws Exception {
    String forged = "Bearer " + TestServer.forged(TestServer.accessToken(server));
    for (int i = 0; i < FORGED; i++) {
      assertThat(get("Authorization", forged).statusCode()).isEqualTo(401);
    }
    assertThat(get("Authorization", forged).statusCode()).isEqualTo(429);
  }

  private HttpResponse<String> get(String... headers) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + container.port() + "/mcp/x"))
                .headers(headers)
                .build(),
            BodyHandlers.ofString());
  }
}
