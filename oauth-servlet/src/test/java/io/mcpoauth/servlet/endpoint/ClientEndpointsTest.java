package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.internal.client.OperatorClients;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Registration, its management, and introspection over HTTP, as the operator sets them up. */
class ClientEndpointsTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Container container = Container.jetty("");
  private final HttpClient http = HttpClient.newHttpClient();
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());
  private AuthorizationServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        TestServer.builder(URI.create("http://localhost:" + container.port()), storage)
            .registration(RegistrationSettings.protectedBy(List.of(Secret.of("initial"))).managed())
            .build();
    container.addServlet(
        new OAuthServlet(server, SecretSource.system()), OAuthServlet.URL_PATTERNS);
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
    storage.close();
  }

  @Test
  void registrationNeedsTheInitialToken_RG23() throws Exception {
    HttpResponse<String> without =
        send(request("/register", JSON).POST(BodyPublishers.ofString(TestServer.registration())));
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(without.body()).doesNotContain("error");

    HttpResponse<String> wrong =
        send(
            request("/register", JSON)
                .header("Authorization", "Bearer wrong")
                .POST(BodyPublishers.ofString(TestServer.registration())));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
    assertThat(wrong.body()).contains("invalid_token");

    assertThat(registered().statusCode()).isEqualTo(201);
  }

  @Test
  void registrationIsManagedAtItsUrl() throws Exception {
    String document = registered().body();
    URI url = URI.create(TestServer.jsonString("registration_client_uri", document));
    String token = TestServer.jsonString("registration_access_token", document);

    HttpResponse<String> read = send(at(url, token).GET());
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(read.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(read.body()).contains("Client <1>");

    String update =
        TestServer.registration()
            .replace(
                "{\"client_name\": \"Client <1>\"",
                "{\"client_id\": \""
                    + TestServer.jsonString("client_id", document)
                    + "\", \"client_name\": \"Renamed\"");
    HttpResponse<String> updated =
        send(at(url, token).header("Content-Type", JSON).PUT(BodyPublishers.ofString(update)));
    assertThat(updated.statusCode()).isEqualTo(200);
    assertThat(updated.body()).contains("Renamed");
    assertThat(send(at(url, token).GET()).statusCode()).isEqualTo(401);

    String next = TestServer.jsonString("registration_access_token", updated.body());
    assertThat(send(at(url, next).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(at(url, next).GET()).statusCode()).isEqualTo(401);
    assertThat(send(at(url, next).POST(BodyPublishers.noBody())).statusCode()).isEqualTo(405);
  }

  @Test
  void resourceServerIntrospectsOverHttp_RV12() throws Exception {
    OperatorClients operator =
        new OperatorClients(
            storage.clients(),
            new RedirectPolicy(server.settings().origin(), Set.of()),
            SecretSource.system(),
            InstantSource.system());
    String made =
        ((Registered)
                operator.createResourceServer("RS", server.settings().resources().get(0).uri()))
            .document()
            .expose();
    String credentials =
        TestServer.jsonString("client_id", made)
            + ":"
            + TestServer.jsonString("client_secret", made);
    String basic =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));

    HttpResponse<String> inactive = introspect(basic, "garbage");
    assertThat(inactive.statusCode()).isEqualTo(200);
    assertThat(inactive.body()).isEqualTo("{\"active\":false}");
    assertThat(inactive.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(inactive.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(
            send(request("/introspect", FORM).POST(BodyPublishers.ofString("token=x")))
                .statusCode())
        .isEqualTo(401);
    HttpResponse<String> wrong = introspect("Basic eDp5", "x");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
    assertThat(send(request("/introspect", FORM).GET()).statusCode()).isEqualTo(405);
    assertThat(server.authorizationServerMetadata()).contains("/introspect\"");
  }

  private HttpResponse<String> introspect(String basic, String token) throws Exception {
    return send(
        request("/introspect", FORM)
            .header("Authorization", basic)
            .POST(BodyPublishers.ofString("token=" + token)));
  }

  private HttpResponse<String> registered() throws Exception {
    return send(
        request("/register", JSON)
            .header("Authorization", "Bearer initial")
            .POST(BodyPublishers.ofString(TestServer.registration())));
  }

  private HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + container.port() + path))
        .header("Content-Type", contentType);
  }

  private static HttpRequest.Builder at(URI url, String token) {
    return HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
