package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.brought;
import static io.mcpoauth.runner.wire.Answers.redirected;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.protocol.Parameters;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization requests of a known client to a known redirect URI that are wrong otherwise. */
class AuthorizationErrorTest extends WireTest {

  private static final Pattern LINK = Pattern.compile("href=\"([^\"]+)\"");

  private final App app =
      App.ofOperator(proxy, App.metadata("Operator's", "none", App.REDIRECT_URI));

  AuthorizationErrorTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void missingResponseTypeIsTold_AZ16() {
    isTold("invalid_request", app.request().without("response_type"));
    isTold("invalid_request", app.request().with("response_type", ""));
    isTold("unsupported_response_type", app.request().with("response_type", "token"));
    isTold("unsupported_response_type", app.request().with("response_type", "code id_token"));
  }

  @Test
  void publicClientNeedsAChallenge_AZ18() {
    isTold("invalid_request", app.request().without("code_challenge"));
    isTold(
        "invalid_request",
        app.request().without("code_challenge").without("code_challenge_method"));
  }

  @Test
  void confidentialClientNeedsAChallengeToo_AZ19() {
    App confidential =
        App.ofOperator(proxy, App.metadata("Secret", "client_secret_basic", App.REDIRECT_URI));

    isTold(
        "invalid_request",
        confidential
            .request()
            .without("code_challenge")
            .without("code_challenge_method")
            .and("nonce", "no substitute"));
  }

  @Test
  void plainChallengeIsRefusedEvenWhereItIsTheDefault_AZ20() {
    isTold("invalid_request", app.request().with("code_challenge_method", "plain"));
    isTold("invalid_request", app.request().without("code_challenge_method"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s256", "S512", "bogus", "S256 ", "S256,plain"})
  void unknownChallengeMethodIsRefused_AZ21(String method) {
    isTold("invalid_request", app.request().with("code_challenge_method", method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw.cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw~cM"
      })
  void challengeMustBeAHashInBase64url_AZ22(String challenge) {
    isTold("invalid_request", app.request().with("code_challenge", challenge));
  }

  @Test
  void methodWithoutAChallengeIsRefused_AZ23() {
    isTold("invalid_request", app.request().with("code_challenge", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin:org", "https://mail.google.com/", "READ", "read\"", "read\\"})
  void scopeThatIsNotOfferedIsRefused_AZ24(String scope) {
    isTold("invalid_scope", app.request().with("scope", scope));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/mcp",
        "%s/mcp/admin",
        "%s/mcp#frag",
        "%s/mcp?x=1",
        "%s/MCP",
        "/mcp",
        "mcp",
        "javascript:alert(1)"
      })
  void foreignResourceIsRefused_AZ27(String resource) {
    String uri = resource.formatted(proxy.issuer);

    isTold("invalid_target", app.request().with("resource", uri));
    isTold(
        "invalid_target",
        app.request().with("resource", proxy.issuer + "/mcp").and("resource", uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+", "%2B", "a b", "\r\nSet-Cookie: a=b", "\u00e4\uD83D\uDE00", "&code=x", "="})
  void stateComesBackAsItWas_AZ28(String state) {
    HttpResponse<String> response = wire.authorize(wrong().with("state", state));

    assertThat(redirected(App.REDIRECT_URI, proxy.issuer, response).get("state")).isEqualTo(state);
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void longStateComesBackWholeAndAnAbsentOneNotAtAll_AZ28() {
    String longState = "s".repeat(2_048);

    assertThat(parameters(wrong().with("state", longState)).get("state")).isEqualTo(longState);
    assertThat(parameters(wrong().without("state")).has("state")).isFalse();
    assertThat(parameters(wrong().with("state", "")).has("state")).isFalse();
    assertThat(parameters(wrong().and("state", "another")).has("state")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
    "request_uri, http://127.0.0.1:1/jar, request_uri_not_supported",
    "request_uri, urn:ietf:params:oauth:request_uri:x, request_uri_not_supported"
  })
  void requestObjectsAreNotSupportedAndNotFetched_AZ30(String name, String value, String error) {
    isTold(error, app.request().with(name, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fragment", "form_post", "web_message", "query.jwt"})
  void answersGoIntoTheQueryAlone_AZ31(String mode) {
    isTold("invalid_request", app.request().with("response_mode", mode));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "login none", "none consent"})
  void userIsNeverLeftOut_AZ32(String prompt) {
    isTold("interaction_required", app.request().with("prompt", prompt));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"response_type", "code_challenge", "code_challenge_method", "scope", "state"})
  void doubledParameterIsTold_AZ14_MCP26(String name) {
    isTold("invalid_request", app.request().and(name, "x"), name.equals("state"));
  }

  @Test
  void errorOfAnUnknownApplicationIsALinkAndNoRedirect_AZ34() {
    App dynamic = App.register(proxy);

    HttpResponse<String> page = wire.authorize(dynamic.request().with("prompt", "none"));

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.headers().firstValue("Location")).isEmpty();
    Matcher link = LINK.matcher(page.body());
    assertThat(link.find()).isTrue();
    Parameters told = brought(App.REDIRECT_URI, proxy.issuer, link.group(1).replace("&amp;", "&"));
    assertThat(told.get("error")).isEqualTo("interaction_required");
    assertThat(told.get("state")).isEqualTo("the state");
    assertThat(link.find()).isFalse();
  }

  @Test
  void clientWithoutTheCodeGrantIsToldSo() {
    App none =
        App.ofOperator(proxy, App.metadata("No code", "client_secret_post", App.REDIRECT_URI));
    withoutGrantTypes(none);

    isTold("unauthorized_client", none.request());
  }

  private void withoutGrantTypes(App client) {
    proxy.database.execute(
        "update mcp_oauth.clients set grant_types = '{}' where id = '" + client.id() + "'");
  }

  private Query wrong() {
    return app.request().with("prompt", "none");
  }

  private Parameters parameters(Query request) {
    return redirected(App.REDIRECT_URI, proxy.issuer, wire.authorize(request));
  }

  private void isTold(String error, Query request) {
    isTold(error, request, false);
  }

  /** Success and every error bring {@code iss} once (AZ-29), and the state if there is one. */
  private void isTold(String error, Query request, boolean stateIsUnclear) {
    Parameters told = parameters(request);

    assertThat(told.get("error")).isEqualTo(error);
    assertThat(told.get("code")).isNull();
    assertThat(told.get("state")).isEqualTo(stateIsUnclear ? null : "the state");
  }
}
