package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.flow.Signer;
import io.mcpoauth.core.internal.client.ClientAuthentication;
import io.mcpoauth.core.internal.client.ClientAuthentication.Authenticated;
import io.mcpoauth.core.internal.client.ClientAuthentication.Failed;
import io.mcpoauth.core.internal.client.ClientAuthenticator;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.internal.client.RegisteredClients;
import io.mcpoauth.core.internal.client.assertion.AssertionRules;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Document clients that prove a key, published in the document or beside it. */
class SigningDocumentClientTest {

  private static final String ISSUER = "https://proxy.example";
  private static final String URL = "https://client.example.com/c.json";
  private static final String KEYS_URL = "https://client.example.com/keys.json";
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final Signer SIGNER = Signer.of("ES256");

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DocumentServer server =
      DocumentServer.https(CERTIFICATES.server("client.example.com", "other.example.com"));
  private final TestNetwork network = new TestNetwork(CERTIFICATES.client());
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final ClientDocuments clients =
      new ClientDocuments(
          new RegisteredClients(storage.clients()),
          ClientDocumentSettings.standard()
              .timeouts(new FetchTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(8))),
          network.network(),
          new RedirectPolicy(ISSUER, Set.of()),
          clock);
  private final ClientAuthenticator authenticator =
      new ClientAuthenticator(
          clients,
          new AssertionRules(ISSUER, storage.assertions(), clock),
          new RateLimiter(RateLimit.none(), clock));
  private int ids;

  @BeforeEach
  void start() {
    network.leadingTo(server.port());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
    storage.close();
  }

  /** Serves a document with these members, and that key set beside it. */
  private void serve(String members, String keySet) {
    String document =
        "{\"client_id\":\"%s\",\"client_name\":\"C\",\"redirect_uris\":[\"http://localhost/cb\"],%s}"
            .formatted(URL, members);
    server.answer(
        (head, out) -> {
          String body = head.startsWith("GET /keys.json ") ? keySet : document;
          out.write(
              DocumentServer.response("application/json", body, "Cache-Control: max-age=600")
                  .getBytes(StandardCharsets.UTF_8));
        });
  }

  private static String inline(Signer signer) {
    return "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + signer.keySet();
  }

  private static String beside(String url) {
    return "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"" + url + "\"";
  }

  private ClientAuthentication authenticate(Signer signer) {
    String assertion = signer.sign(Signer.claims(URL, ISSUER, "id " + ids++, clock.instant()));
    return authenticator.authenticate(
        parameters("client_assertion_type", Signer.TYPE, "client_assertion", assertion), null);
  }

  private static Parameters parameters(String... namesAndValues) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append('&').append(namesAndValues[i]).append('=');
      text.append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return Parameters.parse(text.toString()).orElseThrow();
  }

  private ErrorCode errorOf(ClientAuthentication authentication) {
    assertThat(authentication).isInstanceOf(Failed.class);
    return ((Failed) authentication).error().code();
  }

  @Test
  void keysOfTheDocumentAreGood() {
    serve(inline(SIGNER), "");

    assertThat(authenticate(SIGNER)).isInstanceOf(Authenticated.class);
    assertThat(errorOf(authenticate(Signer.of("ES256")))).isEqualTo(ErrorCode.INVALID_CLIENT);
    assertThat(errorOf(authenticator.authenticate(parameters("client_id", URL), null)))
        .isEqualTo(ErrorCode.INVALID_CLIENT);
  }

  @Test
  void keysBesideTheDocumentAreGood() {
    serve(beside(KEYS_URL), SIGNER.keySet());

    assertThat(authenticate(SIGNER)).isInstanceOf(Authenticated.class);
    assertThat(server.requests()).hasSize(2);
    assertThat(authenticate(SIGNER)).isInstanceOf(Authenticated.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void newKeysAreFoundOnceTheCopyIsAMinuteOld() {
    serve(beside(KEYS_URL), SIGNER.keySet());
    assertThat(authenticate(SIGNER)).isInstanceOf(Authenticated.class);
    Signer next = Signer.of("ES256");
    serve(beside(KEYS_URL), next.keySet());

    assertThat(errorOf(authenticate(next))).isEqualTo(ErrorCode.INVALID_CLIENT);
    clock.advance(Duration.ofSeconds(61));
    assertThat(authenticate(next)).isInstanceOf(Authenticated.class);
    assertThat(errorOf(authenticate(SIGNER))).isEqualTo(ErrorCode.INVALID_CLIENT);
  }

  @Test
  void keysOfAnotherHostAreNotRead_CM19() {
    for (String url :
        List.of(
            "https://other.example.com/keys.json",
            "http://client.example.com/keys.json",
            "https://127.0.0.1/keys.json",
            "https://client.example.com:8443/keys.json")) {
      serve(beside(url), SIGNER.keySet());
      clock.advance(Duration.ofMinutes(2));

      assertThat(authenticate(SIGNER)).isInstanceOf(Failed.class);
    }
    assertThat(server.requests()).noneMatch(head -> head.contains("keys.json"));
  }

  @Test
  void clientThatOffersNoneAsWellIsNotDowngraded() {
    serve(
        beside(KEYS_URL) + ",\"token_endpoint_auth_methods_supported\":[\"none\"]",
        SIGNER.keySet());

    assertThat(authenticate(SIGNER))
        .isInstanceOfSatisfying(
            Authenticated.class,
            authenticated ->
                assertThat(authenticated.client().authenticationMethod())
                    .isEqualTo(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
    assertThat(errorOf(authenticator.authenticate(parameters("client_id", URL), null)))
        .isEqualTo(ErrorCode.INVALID_CLIENT);
  }

  @Test
  void keysThatCannotBeReadAreAnOutage() {
    server.answer(
        (head, out) -> {
          String answer =
              head.startsWith("GET /keys.json ")
                  ? "HTTP/1.1 503 Trouble\r\nContent-Length: 0\r\n\r\n"
                  : DocumentServer.response(
                      "application/json",
                      "{\"client_id\":\"%s\",\"client_name\":\"C\",\"redirect_uris\":[\"http://localhost/cb\"],%s}"
                          .formatted(URL, beside(KEYS_URL)));
          out.write(answer.getBytes(StandardCharsets.UTF_8));
        });

    assertThat(errorOf(authenticate(SIGNER))).isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void privateKeysBesideTheDocumentAreRefused_CM14() {
    serve(beside(KEYS_URL), "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}");

    assertThat(authenticate(SIGNER)).isInstanceOf(Failed.class);
  }
}
