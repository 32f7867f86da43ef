package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isDead;
import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.flow.Query;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization code grant. */
class CodeExchangeTest extends WireTest {

  private static final String WRONG_VERIFIER = "x".repeat(43);

  private final App app = App.register(proxy);
  private final String code = app.code();
  private final Wire otherWire = new Wire(proxy.other);

  CodeExchangeTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void validReplayEndsAllThatTheCodeBrought_TC01() {
    App.Tokens tokens = App.issued(wire.token(app.exchange(code)));
    assertThat(app.isLetIn(tokens.access())).isTrue();

    isInvalidGrant(otherWire.token(app.exchange(code)));

    isDead(proxy, tokens.access());
    isInvalidGrant(app.refresh(tokens.refresh()));
  }

  @Test
  void invalidReplayEndsNothing_TC02() {
    App other = App.register(proxy, "none", App.REDIRECT_URI, "https://app.example/other");
    App.Tokens tokens = App.issued(wire.token(app.exchange(code)));

    isInvalidGrant(wire.token(app.exchange(code).with("code_verifier", WRONG_VERIFIER)));
    isInvalidGrant(wire.token(app.exchange(code).with("client_id", other.id())));
    isInvalidGrant(
        wire.token(app.exchange(code).with("redirect_uri", "https://app.example/other")));
    isRefused(401, "invalid_client", wire.token(app.exchange(code).without("client_id")));

    assertThat(app.isLetIn(tokens.access())).isTrue();
    App.issued(app.refresh(tokens.refresh()));
  }

  @Test
  void wrongVerifierSpendsNothing_TC04() {
    for (int i = 0; i < 4; i++) {
      isInvalidGrant(wire.token(app.exchange(code).with("code_verifier", WRONG_VERIFIER)));
    }

    App.issued(otherWire.token(app.exchange(code)));
  }

  @Test
  void fiveWrongVerifiersAtAnyInstanceBurnTheCode_TC04() {
    for (int i = 0; i < 5; i++) {
      Wire instance = i % 2 == 0 ? wire : otherWire;
      isInvalidGrant(instance.token(app.exchange(code).with("code_verifier", WRONG_VERIFIER)));
    }

    isInvalidGrant(wire.token(app.exchange(code)));
  }

  @Test
  void verifierMayNotBeLeftOut_TC05() {
    isRefused(400, "invalid_request", wire.token(app.exchange(code).without("code_verifier")));
    isRefused(400, "invalid_request", wire.token(app.exchange(code).with("code_verifier", "")));
  }

  /** There are no codes without a challenge; what storage might hold instead opens nothing. */
  @Test
  void challengeThatNoVerifierCanAnswerFailsClosed_TC06_AZ21() {
    String id = code.substring("mcpc_".length(), code.indexOf('.'));
    proxy.database.execute(
        "update mcp_oauth.authorization_codes set code_challenge = '"
            + "A".repeat(43)
            + "' where id = '"
            + id
            + "'");

    isInvalidGrant(wire.token(app.exchange(code)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a-verifier-of-this-test-that-has-42-letters",
        "the-verifier-of-this-test-has-43-characters=",
        "the-verifier-of-this-test-has-43 characters",
        "the-verifier-of-this-test-has-43-character\u00e4"
      })
  void malformedVerifierIsRefused_TC07(String verifier) {
    String shorter = verifier.startsWith("a-") ? verifier.substring(1) : verifier;
    isRefused(
        400, "invalid_request", wire.token(app.exchange(code).with("code_verifier", shorter)));
  }

  @Test
  void overlongVerifierIsRefused_TC07() {
    isRefused(
        400,
        "invalid_request",
        wire.token(app.exchange(code).with("code_verifier", "v".repeat(129))));
  }

  @Test
  void otherRedirectUriIsRefusedThoughItIsRegistered_TC08() {
    App two = App.register(proxy, "none", App.REDIRECT_URI, "https://app.example/other");
    String codeOfTwo = two.code();

    isInvalidGrant(
        wire.token(two.exchange(codeOfTwo).with("redirect_uri", "https://app.example/other")));
    App.issued(wire.token(two.exchange(codeOfTwo)));
  }

  @Test
  void redirectUriMayBeLeftOut_TC09() {
    App.issued(wire.token(app.exchange(code).without("redirect_uri")));
  }

  @Test
  void codeThatIsNotWhollyRightIsRefused_TC13() {
    char last = code.charAt(code.length() - 1);
    String flipped = code.substring(0, code.length() - 1) + (last == 'A' ? 'B' : 'A');
    for (String wrong :
        new String[] {
          flipped,
          code.substring(0, code.length() - 1),
          code.substring(0, 20),
          code + code,
          code + " ",
          "mcpc_",
          "x".repeat(60_000)
        }) {
      isInvalidGrant(wire.token(app.exchange(wrong)));
    }
    isRefused(400, "invalid_request", wire.token(app.exchange("")));
    isRefused(400, "invalid_request", wire.token(app.exchange("x").without("code")));
    assertThat(wire.token(app.exchange("x".repeat(1_000_000))).statusCode()).isEqualTo(413);
    App.issued(wire.token(app.exchange(code)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "password", "client_credentials", "implicit", "AUTHORIZATION_CODE"})
  void onlyTwoGrantTypesAreSupported_TC14(String grantType) {
    Query form = app.exchange(code).without("grant_type");
    boolean missing = grantType == null || grantType.isEmpty();
    isRefused(
        400,
        missing ? "invalid_request" : "unsupported_grant_type",
        wire.token(grantType == null ? form : form.with("grant_type", grantType)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"code", "client_id", "grant_type", "code_verifier", "redirect_uri", "scope"})
  void doubledParameterIsRefused_TC16(String name) {
    Query form = app.exchange(code).with("scope", "read");

    isRefused(400, "invalid_request", wire.token(form.and(name, "x")));
    isRefused(400, "invalid_request", wire.token(form.and(name, "")));
    App.issued(wire.token(form));
  }

  @Test
  void parametersInTheUrlDoNotCount_TC17() {
    String query = app.exchange(code).encoded();

    isRefused(400, "invalid_request", wire.post("/token?" + query, Wire.FORM, ""));
    isRefused(
        400,
        "invalid_request",
        wire.post("/token?code=" + code, Wire.FORM, app.exchange(code).without("code").encoded()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/json, application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=iso-8859-1"
      })
  void tokenRequestMustBeAFormInUtf8_TC18_TC19(String contentType) {
    isRefused(
        400, "invalid_request", wire.post("/token", contentType, app.exchange(code).encoded()));
  }

  @Test
  void tokenRequestNeedsAContentType_TC18() {
    String body = app.exchange(code).encoded();
    assertThat(
            wire.raw(
                "POST /token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body))
        .startsWith("HTTP/1.1 400 ")
        .contains("invalid_request");
  }

  @Test
  void charsetMayBeNamed_TC19() {
    App.issued(wire.post("/token", Wire.FORM + "; charset=UTF-8", app.exchange(code).encoded()));
  }

  @Test
  void encodedBodyIsNotRead_TC19() {
    HttpResponse<String> response =
        wire.post("/token", Wire.FORM, app.exchange(code).encoded(), "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/mcp", "x", "%s/mcp/x", "%s/mcp#f", "javascript:0"})
  void foreignResourceSpendsNothing_TC21(String resource) {
    isRefused(
        400,
        "invalid_target",
        wire.token(app.exchange(code).with("resource", resource.formatted(proxy.issuer))));

    App.issued(wire.token(app.exchange(code).with("resource", proxy.issuer + "/mcp")));
  }

  @Test
  void scopeIsNeverWiderThanTheGrant_TC22() {
    String narrow = app.code(app.request().with("scope", "read"));

    JsonNode tokens = Wire.json(wire.token(app.exchange(narrow).with("scope", "read write")), 200);

    assertThat(tokens.path("scope").asText()).isEqualTo("read");
    assertThat(Jwt.claims(tokens.path("access_token").asText()).path("scope").asText())
        .isEqualTo("read");
  }

  @Test
  void answerIsWhatTheSpecificationSays_TC23_MCP48() {
    HttpResponse<String> response = wire.token(app.exchange(code));

    JsonNode tokens = Wire.json(response, 200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(tokens.path("expires_in").isInt()).isTrue();
    assertThat(tokens.path("expires_in").asInt()).isLessThanOrEqualTo(3_600);
    assertThat(tokens.path("scope").asText()).isEqualTo("read write");
    assertThat(tokens.has("id_token")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"access_token, at+jwt", "refresh_token, ''"})
  void tokensHaveTheirForm_CR10(String name, String type) {
    String token = Wire.json(wire.token(app.exchange(code)), 200).path(name).asText();
    if (type.isEmpty()) {
      assertThat(token).startsWith("mcpr_");
    } else {
      assertThat(Jwt.header(token).path("typ").asText()).isEqualTo(type);
      assertThat(Jwt.header(token).path("alg").asText()).isEqualTo("ES256");
    }
  }

  @Test
  void clientWithoutTheCodeGrantIsToldSo() {
    App none = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    String codeOfNone = none.code();
    proxy.database.execute(
        "update mcp_oauth.clients set grant_types = '{}' where id = '" + none.id() + "'");

    isRefused(
        400, "unauthorized_client", wire.token(none.authenticated(none.exchange(codeOfNone))));
  }
}
