package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.REDIRECT_URI;
import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static io.mcpoauth.core.flow.Outcomes.goesBackWith;
import static io.mcpoauth.core.flow.Outcomes.location;
import static io.mcpoauth.core.flow.Outcomes.response;
import static io.mcpoauth.core.flow.Outcomes.staysHere;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage.Kind;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeFlowTest extends FlowTest {

  private AuthorizeOutcome open(Query query) {
    return flow.browser().open(query);
  }

  @Test
  void unknownOrMissingClientStaysHere_AZ01_AZ02() {
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().with("client_id", "nobody")));
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().with("client_id", "")));
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().without("client_id")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/callback",
        "https://client.example/Callback",
        "https://client.example/callback/",
        "https://client.example/c%61llback",
        "https://client.example./callback",
        "https://client.example:443/callback",
        "https://CLIENT.example/callback",
        "https://client.example/callback/../x",
        "https://client.example/callback/..;/x",
        "https://client.example/callback;a=b",
        "https://client.example/callback?x=1",
        "https://client.example/callback#x",
        "https://client.example/callback ",
        "https://client.example/callback\r\nX: y",
        "https://client.example\\@evil.example/callback",
        "//client.example/callback",
        "javascript:alert(1)"
      })
  void foreignRedirectUriStaysHere_AZ03_to_AZ08(String redirectUri) {
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().with("redirect_uri", redirectUri)));
  }

  @Test
  void errorOfAClientThatNobodyVouchedForIsOfferedAsALink_AZ34() {
    AuthorizeOutcome outcome = open(authorizeQuery().with("prompt", "none"));

    assertThat(outcome).isInstanceOf(AuthorizeOutcome.OfferReturn.class);
    goesBackWith(ErrorCode.INTERACTION_REQUIRED, outcome);
  }

  @Test
  void errorOfAnOperatorsClientIsRedirected_AZ34() {
    flow.registerByOperator("known", REDIRECT_URI);

    AuthorizeOutcome outcome =
        open(authorizeQuery().with("client_id", "known").with("prompt", "none"));

    assertThat(outcome).isInstanceOf(AuthorizeOutcome.ToClient.class);
    goesBackWith(ErrorCode.INTERACTION_REQUIRED, outcome);
  }

  @Test
  void queryOfTheRedirectUriIsKept_AZ09() {
    String redirectUri = "https://client.example/cb?tenant=1";
    flow.register("tenant", ClientAuthenticationMethod.NONE, redirectUri);

    AuthorizeOutcome outcome =
        open(
            authorizeQuery()
                .with("client_id", "tenant")
                .with("redirect_uri", redirectUri)
                .with("prompt", "none"));

    assertThat(location(outcome)).startsWith(redirectUri + "&error=");
    assertThat(response(outcome).get("tenant")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:51234/cb, true",
    "http://127.0.0.1/cb, true",
    "http://localhost:51234/cb, false",
    "http://127.0.0.1:51234/CB, false",
    "http://127.0.0.1:51234/cb?x=1, false",
    "https://127.0.0.1:51234/cb, false",
    "http://127.0.0.1:99999/cb, false",
    "http://127.0.0.1.evil.example/cb, false",
    "http://127.0.0.1@evil.example/cb, false",
    "http://127.0.0.1:80@evil.example/cb, false"
  })
  void onlyThePortOfALoopbackUriIsFree_AZ10_AZ11(String redirectUri, boolean accepted) {
    flow.register("native", ClientAuthenticationMethod.NONE, "http://127.0.0.1:8080/cb");

    AuthorizeOutcome outcome =
        open(authorizeQuery().with("client_id", "native").with("redirect_uri", redirectUri));

    if (accepted) {
      assertThat(consentPage(outcome).redirectUri()).hasToString(redirectUri);
    } else {
      staysHere(Kind.BAD_REQUEST, outcome);
    }
  }

  @Test
  void redirectUriMayBeLeftOutWhereThereIsNoChoice_AZ13() {
    flow.register(
        "two", ClientAuthenticationMethod.NONE, REDIRECT_URI, "https://client.example/other");
    Query without = authorizeQuery().without("redirect_uri");

    assertThat(consentPage(open(without)).redirectUri()).hasToString(REDIRECT_URI);
    staysHere(Kind.BAD_REQUEST, open(without.with("client_id", "two")));
  }

  @Test
  void doubledClientOrRedirectUriStaysHere_AZ14() {
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().and("client_id", "client")));
    staysHere(Kind.BAD_REQUEST, open(authorizeQuery().and("redirect_uri", REDIRECT_URI)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response_type",
        "code_challenge",
        "code_challenge_method",
        "scope",
        "state",
        "nonce",
        "login_hint",
        "id_token_hint",
        "max_age",
        "display",
        "claims"
      })
  void otherDoubledParametersGoBack_AZ14(String name) {
    goesBackWith(ErrorCode.INVALID_REQUEST, open(authorizeQuery().with(name, "x").and(name, "x")));
  }

  @Test
  void emptyValueHidesNoRequestObject_AZ30() {
    goesBackWith(
        ErrorCode.REQUEST_NOT_SUPPORTED,
        open(authorizeQuery().with("request", "").and("request", "x")));
    goesBackWith(
        ErrorCode.REQUEST_URI_NOT_SUPPORTED,
        open(authorizeQuery().with("request_uri", "").and("request_uri", "urn:x")));
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, '', INVALID_REQUEST",
    "response_type, token, UNSUPPORTED_RESPONSE_TYPE",
    "response_type, code token, UNSUPPORTED_RESPONSE_TYPE",
    "code_challenge, '', INVALID_REQUEST",
    "code_challenge_method, '', INVALID_REQUEST",
    "code_challenge_method, plain, INVALID_REQUEST",
    "code_challenge_method, s256, INVALID_REQUEST",
    "code_challenge_method, S512, INVALID_REQUEST",
    "code_challenge, short, INVALID_REQUEST",
    "code_challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=', INVALID_REQUEST",
    "code_challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM', INVALID_REQUEST",
    "response_mode, fragment, INVALID_REQUEST",
    "response_mode, form_post, INVALID_REQUEST",
    "request, eyJhbGciOiJub25lIn0.e30., REQUEST_NOT_SUPPORTED",
    "request_uri, https://client.example/request, REQUEST_URI_NOT_SUPPORTED",
    "prompt, none, INTERACTION_REQUIRED",
    "prompt, login none, INTERACTION_REQUIRED",
    "scope, admin:org, INVALID_SCOPE",
    "scope, 'read\"', INVALID_SCOPE",
    "resource, https://evil.example/mcp, INVALID_TARGET",
    "resource, https://proxy.example/mcp/admin, INVALID_TARGET",
    "resource, https://proxy.example/mcp#x, INVALID_TARGET",
    "resource, https://proxy.example/mcp//, INVALID_TARGET",
    "resource, https://proxy.example//, INVALID_TARGET",
    "resource, /mcp, INVALID_TARGET",
    "resource, javascript:alert(1), INVALID_TARGET"
  })
  void badRequestGoesBackToTheClient_AZ16_to_AZ32(String name, String value, ErrorCode error) {
    AuthorizeOutcome outcome = open(authorizeQuery().with(name, value));

    goesBackWith(error, outcome);
    assertThat(location(outcome)).startsWith(REDIRECT_URI + "?");
    assertThat(response(outcome).get("state")).isEqualTo("the state");
  }

  @Test
  void confidentialClientNeedsAChallengeToo_AZ19() {
    goesBackWith(
        ErrorCode.INVALID_REQUEST,
        open(authorizeQuery().with("client_id", "confidential").without("code_challenge")));
  }

  @Test
  void methodWithoutChallengeIsRefused_AZ23() {
    AuthorizeOutcome outcome = open(authorizeQuery().without("code_challenge"));

    goesBackWith(ErrorCode.INVALID_REQUEST, outcome);
    assertThat(response(outcome).get("error_description")).isEqualTo("code_challenge is missing");
  }

  @Test
  void unknownScopesAreDropped_AZ24() {
    var page = consentPage(open(authorizeQuery().with("scope", "openid read admin:org")));

    assertThat(page.scopes()).hasToString("read");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example/mcp",
        "HTTPS://Proxy.Example:443/mcp/",
        "https://proxy.example",
        "https://proxy.example/"
      })
  void resourceIsForgivenItsSpelling_AZ26(String resource) {
    var page = consentPage(open(authorizeQuery().with("resource", resource)));

    assertThat(page.resource()).isEqualTo(Flow.MCP.uri());
  }

  @Test
  void listWithOneForeignResourceIsRefused_AZ27() {
    Query query = authorizeQuery().with("resource", "https://proxy.example/mcp");

    goesBackWith(ErrorCode.INVALID_TARGET, open(query.and("resource", "https://evil.example/mcp")));
    goesBackWith(
        ErrorCode.INVALID_TARGET, open(query.and("resource", "https://proxy.example/other")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+", "%2B", "a b", "\r\nSet-Cookie: a=b", "äöü \uD83D\uDE00", "&code=x"})
  void stateComesBackAsItWas_AZ28(String state) {
    AuthorizeOutcome outcome = open(authorizeQuery().with("state", state).with("prompt", "none"));

    assertThat(response(outcome).get("state")).isEqualTo(state);
    assertThat(location(outcome)).matches("[!-~]+");
  }

  @Test
  void absentStateStaysAbsentAndALongOneWhole_AZ28() {
    Query refused = authorizeQuery().with("prompt", "none");
    String longState = "s".repeat(2_048);

    assertThat(location(open(refused.without("state")))).doesNotContain("state=");
    assertThat(response(open(refused.with("state", longState))).get("state")).isEqualTo(longState);
  }

  @Test
  void unknownParametersAreIgnored_AZ33() {
    consentPage(open(authorizeQuery().and("whatever", "1").and("whatever", "2")));
  }

  @Test
  void ourOwnEndpointIsNoRedirectUriEvenOnAFreePort_AZ35() {
    flow.register("loop", ClientAuthenticationMethod.NONE, "https://proxy.example:443/callback");

    staysHere(
        Kind.BAD_REQUEST,
        open(
            authorizeQuery()
                .with("client_id", "loop")
                .with("redirect_uri", "https://proxy.example:443/callback")));
  }
}
