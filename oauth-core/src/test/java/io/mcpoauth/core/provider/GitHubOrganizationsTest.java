package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of the operator's organizations at GitHub sign in, and nobody else. */
class GitHubOrganizationsTest {

  private static final String MEMBERSHIPS = "/user/memberships/orgs/";

  private final QuirkServer server = new QuirkServer();
  private final GitHubProvider provider =
      new GitHubProvider(
          ProviderSettings.builder(new Preset.GitHub(), "app")
              .clientSecret(Secret.of("app-secret"))
              .scopes(Scopes.of("openid", "email", "offline_access", "repo"))
              .build(),
          new Preset.GitHub(Set.of("Acme", "other")).organizations(),
          OpenIdQuirks.client(),
          new AdjustableClock(),
          GitHubEndpoints.of(server.url(), server.url()));

  @BeforeEach
  void behave() {
    server.json(
        "/login/oauth/access_token",
        "{\"access_token\":\"ghu_1\",\"token_type\":\"bearer\",\"refresh_token\":\"ghr_2\"}");
    server.json("/user", "{\"id\":583231,\"login\":\"octocat\"}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void activeMemberSignsInUnderGitHubsPrefix_P12_UP14() {
    server.json(MEMBERSHIPS + "acme", "{\"state\":\"active\",\"role\":\"member\"}");
    assertThat(finish())
        .isInstanceOfSatisfying(
            SignInAnswer.SignedIn.class,
            answer -> assertThat(answer.user().id()).isEqualTo("github:583231"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 | {"state":"pending"}
          200 | []
          403 | {"message":"Although you appear to have the correct authorization credentials..."}
          404 | {"message":"Not Found"}
          """)
  void nobodyElseDoes_P12(int status, String body) {
    server.on(MEMBERSHIPS + "acme", QuirkServer.reply(status, "application/json", body));
    assertThat(finish())
        .isInstanceOfSatisfying(
            SignInAnswer.NotAllowed.class,
            answer -> assertThat(answer.rule()).isEqualTo("GitHub organization"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502})
  void troubleOfGitHubIsNoAnswer_UP17(int status) {
    server.on(MEMBERSHIPS + "acme", QuirkServer.reply(status, "text/html", "<html>"));
    assertThat(finish()).isInstanceOf(SignInAnswer.Unavailable.class);
    server.json(MEMBERSHIPS + "other", "{\"state\":\"active\"}");
    assertThat(finish()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void memberWhoLeftLosesTheGrantAtRefresh_P12() {
    assertThat(provider.refresh(OpenIdQuirks.OLD_TOKENS))
        .isEqualTo(new RefreshAnswer.NotAllowed("GitHub organization"));
  }

  @Test
  void troubleAtRefreshLosesNoNewToken_UP22() {
    server.on(MEMBERSHIPS + "acme", QuirkServer.reply(500, "text/html", "<html>"));
    assertThat(provider.refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOfSatisfying(
            RefreshAnswer.Refreshed.class,
            answer -> assertThat(answer.tokens().accessToken().expose()).isEqualTo("ghu_1"));
  }

  @Test
  void membershipsNeedAScopeAndOpenIdOnesAreUnknown_UP16() {
    StartAnswer.Redirect redirect = (StartAnswer.Redirect) provider.start(OpenIdQuirks.request());
    assertThat(Parameters.parse(redirect.location().getRawQuery()).orElseThrow().get("scope"))
        .isEqualTo("repo read:user user:email read:org");
  }

  private SignInAnswer finish() {
    return provider.finish(OpenIdQuirks.callback("code=c&state=s"));
  }
}
