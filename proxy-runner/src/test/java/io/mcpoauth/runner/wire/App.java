package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.internal.client.OperatorClients;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Set;

/**
 * An application that uses the product over HTTP.
 *
 * @param id its client id
 * @param secret its client secret; empty when it has none
 */
record App(TwoInstances proxy, String id, String secret) {

  static final String REDIRECT_URI = "https://app.example/callback";
  static final String VERIFIER = "the-verifier-of-this-test-has-43-characters";

  /** Tokens as they were issued; never printed. */
  record Tokens(String access, String refresh) {
    @Override
    public String toString() {
      return "Tokens[...]";
    }
  }

  /** A public client that registered itself. */
  static App register(TwoInstances proxy) {
    return register(proxy, "none", REDIRECT_URI);
  }

  /** A client that registered itself with that method and those redirect URIs. */
  static App register(TwoInstances proxy, String method, String... redirectUris) {
    return of(
        proxy, Wire.json(new Wire(proxy.one).register(metadata("App", method, redirectUris)), 201));
  }

  /** A client that the operator made, and whose errors are redirected at once therefore. */
  static App ofOperator(TwoInstances proxy, String metadata) {
    OperatorClients operator =
        new OperatorClients(
            proxy.one.storage().clients(),
            new RedirectPolicy(proxy.issuer.toString(), Set.of()),
            SecretSource.system(),
            InstantSource.system());
    Registered made = (Registered) operator.create(metadata);
    return of(proxy, Wire.json(made.document().expose()));
  }

  /** A public client that registered itself under that name. */
  static App named(TwoInstances proxy, String name) {
    String quoted = TextNode.valueOf(name).toString();
    String metadata =
        metadata("", "none", REDIRECT_URI)
            .replace("\"client_name\":\"\"", "\"client_name\":" + quoted);
    return of(proxy, Wire.json(new Wire(proxy.one).register(metadata), 201));
  }

  private static App of(TwoInstances proxy, JsonNode registered) {
    return new App(
        proxy,
        registered.path("client_id").textValue(),
        registered.path("client_secret").asText(""));
  }

  static String metadata(String name, String method, String... redirectUris) {
    return "{\"client_name\":\"%s\",\"token_endpoint_auth_method\":\"%s\",\"redirect_uris\":[\"%s\"],"
            .formatted(name, method, String.join("\",\"", redirectUris))
        + "\"grant_types\":[\"authorization_code\",\"refresh_token\"]}";
  }

  /** An authorization request with nothing wrong in it. */
  Query request() {
    return Query.of(
        "response_type", "code",
        "client_id", id,
        "redirect_uri", REDIRECT_URI,
        "code_challenge", CodeChallenge.ofVerifier(VERIFIER).value(),
        "code_challenge_method", "S256",
        "scope", "read write",
        "state", "the state");
  }

  /** A code for that request, which the user approved at the one and finished at the other. */
  String code(Query request) {
    return codeIn(URI.create(signIn(new ScriptedBrowser(), request).location().toString()));
  }

  String code() {
    return code(request());
  }

  /** Everything that the user does; the last hop is on its way to the application. */
  Hop signIn(ScriptedBrowser browser, Query request) {
    return browser.open(callback(approve(browser, request)));
  }

  /** The hop to the provider. */
  Hop approve(ScriptedBrowser browser, Query request) {
    return browser.press(consent(browser, request), "Continue with");
  }

  Hop consent(ScriptedBrowser browser, Query request) {
    Hop page = browser.open(proxy.one.uri("/authorize?" + request.encoded()));
    assertThat(page.status()).as(page.html()).isEqualTo(200);
    return page;
  }

  /** Where the provider would send the browser, at the other instance. */
  URI callback(Hop toProvider) {
    return proxy.other.uri("/callback?code=upstream&" + toProvider.location().getRawQuery());
  }

  static String codeIn(URI location) {
    return TestServer.valueOf("code", location.getRawQuery());
  }

  /** A token request of a public client for that code with nothing wrong in it. */
  Query exchange(String code) {
    return Query.of(
        "grant_type", "authorization_code",
        "client_id", id,
        "code", code,
        "code_verifier", VERIFIER,
        "redirect_uri", REDIRECT_URI);
  }

  Query refreshing(String refreshToken) {
    return Query.of("grant_type", "refresh_token", "client_id", id, "refresh_token", refreshToken);
  }

  Query revoking(String token) {
    return authenticated(Query.of("client_id", id, "token", token));
  }

  /** The first tokens of a new grant. */
  Tokens tokens() {
    return issued(new Wire(proxy.other).token(authenticated(exchange(code()))));
  }

  /** The form with the secret, if this client has one. */
  Query authenticated(Query form) {
    return secret.isEmpty() ? form : form.with("client_secret", secret);
  }

  HttpResponse<String> refresh(String refreshToken) {
    return new Wire(proxy.one).token(authenticated(refreshing(refreshToken)));
  }

  /** The tokens of a response that has to bring some. */
  static Tokens issued(HttpResponse<String> response) {
    JsonNode body = Wire.json(response, 200);
    return new Tokens(body.path("access_token").textValue(), body.path("refresh_token").asText(""));
  }

  /** Whether both instances let the token in. */
  boolean isLetIn(String accessToken) {
    return proxy.both().stream()
        .map(Wire::new)
        .allMatch(wire -> wire.judged(accessToken).statusCode() == 200);
  }
}
