package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubProviderTest {

  private static final String TOKEN = "/login/oauth/access_token";
  private static final String EMAILS =
      """
      [{"email":"old@example.com","primary":false,"verified":true},
       {"email":"octo@example.com","primary":true,"verified":true}]
      """;

  private final QuirkServer server = new QuirkServer();
  private final AdjustableClock clock = new AdjustableClock();
  private final GitHubProvider provider =
      new GitHubProvider(
          ProviderSettings.builder("github", "https://github.com", "app")
              .clientSecret(Secret.of("app-secret"))
              .build(),
          Set.of(),
          OpenIdQuirks.client(),
          clock,
          GitHubEndpoints.of(server.url(), server.url()));

  @BeforeEach
  void behave() {
    server.json(TOKEN, "{\"access_token\":\"gho_1\",\"token_type\":\"bearer\",\"scope\":\"\"}");
    server.json(
        "/user", "{\"id\":583231,\"login\":\"octocat\",\"name\":null,\"email\":\"typed@x.y\"}");
    server.json("/user/emails", EMAILS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void userIsKnownByNumberAndPrimaryVerifiedAddress_UP14() {
    SignInAnswer.SignedIn signedIn = signedIn();
    assertThat(signedIn.user())
        .isEqualTo(new User("583231", "github", "octo@example.com", "octocat"));
    assertThat(server.requestsTo("/user").get(0).authorization()).isEqualTo("Bearer gho_1");
  }

  @Test
  void tokenOfAnOAuthAppDoesNotEnd() {
    UpstreamTokens tokens = signedIn().tokens();
    assertThat(tokens.expiresAt()).isNull();
    assertThat(tokens.refreshToken()).isNull();
  }

  @Test
  void tokenOfAGitHubAppEndsAndIsRefreshed() {
    server.json(
        TOKEN,
        "{\"access_token\":\"ghu_1\",\"expires_in\":28800,\"refresh_token\":\"ghr_1\","
            + "\"refresh_token_expires_in\":15897600,\"token_type\":\"bearer\",\"scope\":\"\"}");
    UpstreamTokens tokens = signedIn().tokens();
    assertThat(tokens.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(8)));
    assertThat(provider.refresh(tokens)).isInstanceOf(RefreshAnswer.Refreshed.class);
  }

  @Test
  void deadRefreshTokenIsToldWithStatus200_UP22() {
    server.json(TOKEN, "{\"error\":\"bad_refresh_token\",\"error_description\":\"...\"}");
    UpstreamTokens tokens = new UpstreamTokens(Secret.of("a"), Secret.of("ghr_1"), null);
    assertThat(provider.refresh(tokens)).isInstanceOf(RefreshAnswer.GrantDead.class);
  }

  @Test
  void refusedCodeIsToldWithStatus200_UP09() {
    server.json(TOKEN, "{\"error\":\"bad_verification_code\",\"error_uri\":\"https://x\"}");
    assertThat(finish())
        .isEqualTo(new SignInAnswer.Rejected("the token endpoint answered bad_verification_code"));
  }

  @Test
  void answerMayBeAForm() {
    server.on(
        TOKEN,
        QuirkServer.reply(
            200, "application/x-www-form-urlencoded", "access_token=gho_2&token_type=bearer"));
    assertThat(signedIn().tokens().accessToken().expose()).isEqualTo("gho_2");
  }

  @Test
  void secretGoesInTheBody() {
    signedIn();
    QuirkServer.Request request = server.requestsTo(TOKEN).get(0);
    Parameters sent = Parameters.parse(request.body()).orElseThrow();
    assertThat(request.accept()).isEqualTo("application/json");
    assertThat(request.authorization()).isNull();
    assertThat(sent.get("client_secret")).isEqualTo("app-secret");
    assertThat(sent.get("code_verifier")).isEqualTo(OpenIdQuirks.VERIFIER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{\"email\":\"a@b.c\",\"primary\":true,\"verified\":false}]",
        "[{\"email\":\"a@b.c\",\"primary\":false,\"verified\":true}]",
        "[7,{\"primary\":true,\"verified\":true}]"
      })
  void withoutPrimaryVerifiedAddressThereIsNone_UP14(String emails) {
    server.json("/user/emails", emails);
    assertThat(signedIn().user().email()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void appThatMayNotReadAddressesSignsInWithoutOne(int status) {
    server.on("/user/emails", QuirkServer.reply(status, "application/json", "{}"));
    assertThat(signedIn().user().email()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"login\":\"octocat\"}", "{\"id\":\"octocat\"}", "[]", "<html>"})
  void accountWithoutNumberIsRefused_UP14_UP16(String account) {
    server.json("/user", account);
    assertThat(finish()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 500})
  void rateLimitAndTroubleAreOutages_UP17(int status) {
    server.on("/user", QuirkServer.reply(status, "application/json", "{\"message\":\"x\"}"));
    assertThat(finish()).isInstanceOf(SignInAnswer.Unavailable.class);
  }

  @Test
  void troubleOfTheAddressesIsAnOutage_UP17() {
    server.on("/user/emails", QuirkServer.reply(502, "text/html", "<html>"));
    assertThat(finish()).isInstanceOf(SignInAnswer.Unavailable.class);
  }

  @Test
  void refusedAccessTokenIsARejection() {
    server.on("/user", QuirkServer.reply(401, "application/json", "{\"id\":1}"));
    assertThat(finish()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void responseOfAnotherIssuerIsRefused_UP07() {
    assertThat(provider.finish(OpenIdQuirks.callback("code=c&iss=https%3A%2F%2Fevil.example")))
        .isInstanceOf(SignInAnswer.WrongIssuer.class);
    assertThat(server.paths()).isEmpty();
  }

  @Test
  void authorizationRequestCarriesTheChallengeAndNoNonce_UP08() {
    StartAnswer.Redirect redirect = (StartAnswer.Redirect) provider.start(OpenIdQuirks.request());
    Parameters sent = Parameters.parse(redirect.location().getRawQuery()).orElseThrow();
    assertThat(sent.get("scope")).isEqualTo("read:user user:email");
    assertThat(sent.get("code_challenge_method")).isEqualTo("S256");
    assertThat(sent.get("nonce")).isNull();
  }

  @Test
  void gitHubIsKnownByHeart_S3() {
    assertThat(GitHubEndpoints.ofGitHub().token())
        .hasToString("https://github.com/login/oauth/access_token");
    assertThat(GitHubEndpoints.ofGitHub().emails())
        .hasToString("https://api.github.com/user/emails");
  }

  private SignInAnswer.SignedIn signedIn() {
    SignInAnswer answer = finish();
    assertThat(answer).isInstanceOf(SignInAnswer.SignedIn.class);
    return (SignInAnswer.SignedIn) answer;
  }

  private SignInAnswer finish() {
    return provider.finish(OpenIdQuirks.callback("code=c&state=s"));
  }
}
