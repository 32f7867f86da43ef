package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.Finding.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator is told of a provider without anybody signing in. */
class ExaminationTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @BeforeEach
  void answerAsAProviderDoes() {
    quirks.server.on("/tenant/authorize", QuirkServer.reply(200, "text/html", "<p>Sign in</p>"));
    tokenEndpointAnswers("invalid_grant");
  }

  @AfterEach
  void close() {
    quirks.close();
  }

  @Test
  void nothingIsFoundAtASoundProvider() {
    assertThat(examine(Duration.ZERO))
        .extracting(Finding::level)
        .hasSize(5)
        .containsOnly(Level.SOUND);
    assertThat(quirks.server.requestsTo("/tenant/token"))
        .singleElement()
        .satisfies(request -> assertThat(request.body()).contains("code=made-up-code"));
  }

  @Test
  void secretIsNeverPartOfAFinding() {
    tokenEndpointAnswers("invalid_client");

    assertThat(examine(Duration.ZERO).toString()).doesNotContain("s3cret");
  }

  @Test
  void metadataThatCannotBeReadEndsTheExamination_UP19() {
    quirks.metadata.put("issuer", "https://evil.example");

    assertThat(examine(Duration.ZERO))
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.BROKEN))
        .satisfies(finding -> assertThat(finding.text()).contains("its issuer is not"));
    assertThat(quirks.server.requestsTo("/tenant/token")).isEmpty();
  }

  @Test
  void keySetWithoutKeysIsBroken() {
    quirks.server.json("/tenant/jwks", "{\"keys\":[]}");

    assertThat(broken(Duration.ZERO)).containsExactly("the key set has no key that can be used");
  }

  @Test
  void refusedRedirectUriIsBrokenAndNamed() {
    quirks.server.on("/tenant/authorize", QuirkServer.reply(400, "text/html", "no"));

    assertThat(examine(Duration.ZERO))
        .filteredOn(finding -> finding.level() == Level.BROKEN)
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.advice()).contains(OpenIdQuirks.REDIRECT_URI.toString()));
  }

  @Test
  void errorThatComesBackIsBroken() {
    quirks.server.on(
        "/tenant/authorize",
        QuirkServer.redirect(OpenIdQuirks.REDIRECT_URI + "?error=invalid_scope&state=x"));

    assertThat(broken(Duration.ZERO))
        .containsExactly("the authorization endpoint answers with the error invalid_scope");
  }

  @Test
  void userWhoHasToSignInFirstIsNoError() {
    quirks.server.on(
        "/tenant/authorize",
        QuirkServer.redirect(OpenIdQuirks.REDIRECT_URI + "?error=login_required&state=x"));

    assertThat(broken(Duration.ZERO)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_client, BROKEN",
    "unauthorized_client, BROKEN",
    "invalid_grant, SOUND",
    "invalid_request, DOUBTFUL"
  })
  void answerToAMadeUpCodeTellsWhetherTheSecretIsRight(String error, Level level) {
    tokenEndpointAnswers(error);

    List<Finding> findings = examine(Duration.ZERO);
    assertThat(findings.get(findings.size() - 1).level()).isEqualTo(level);
  }

  @Test
  void tokenEndpointThatIsDownIsBroken() {
    quirks.server.on("/tenant/token", QuirkServer.reply(503, "text/plain", "down"));

    assertThat(broken(Duration.ZERO)).containsExactly("the token endpoint answered 503");
  }

  @ParameterizedTest
  @CsvSource({"90, BROKEN", "-90, BROKEN", "45, DOUBTFUL", "10, SOUND"})
  void clocksThatDifferAreNoted(int seconds, Level level) {
    assertThat(examine(Duration.ofSeconds(seconds)))
        .filteredOn(finding -> finding.text().contains("clock"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(level));
  }

  @Test
  void gitHubsOwnErrorsAreUnderstood() {
    quirks.server.on("/login/oauth/authorize", QuirkServer.redirect("/login?return_to=x"));
    quirks.server.json("/login/oauth/access_token", "{\"error\":\"incorrect_client_credentials\"}");
    GitHubProvider provider =
        new GitHubProvider(
            quirks.settings().build(),
            Set.of(),
            OpenIdQuirks.client(),
            InstantSource.system(),
            GitHubEndpoints.of(quirks.server.url(), quirks.server.url()));

    assertThat(provider.examine(OpenIdQuirks.request()))
        .filteredOn(finding -> finding.level() == Level.BROKEN)
        .extracting(Finding::text)
        .containsExactly("the token endpoint answered incorrect_client_credentials");
  }

  private List<Finding> examine(Duration ahead) {
    InstantSource clock = () -> Instant.now().plus(ahead);
    return new OpenIdProvider(quirks.settings().build(), OpenIdQuirks.client(), clock)
        .examine(OpenIdQuirks.request());
  }

  private List<String> broken(Duration ahead) {
    return examine(ahead).stream()
        .filter(finding -> finding.level() == Level.BROKEN)
        .map(Finding::text)
        .toList();
  }

  private void tokenEndpointAnswers(String error) {
    quirks.server.on(
        "/tenant/token",
        QuirkServer.reply(400, "application/json", JsonUtil.toJson(Map.of("error", error))));
  }
}
