package io.mcpoauth.runner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jose4j.jwk.JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationOutcome.Refused;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignInReaderTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";

  @Test
  void providerWithoutMetadataIsNamedByItsAuthorizationEndpoint_UP19() {
    GivenSettings given = GivenSettings.complete().with(Setting.OAUTH_DISCOVERY, "false");

    assertThat(given.read()).isInstanceOf(Refused.class);
    ProviderSettings provider =
        signIn(given.with(Setting.OAUTH_AUTHORIZE_URL, "https://idp.example.com/oauth/authorize"))
            .providers()
            .get(0);
    assertThat(provider.usesDiscovery()).isFalse();
  }

  @Test
  void privateKeyStandsInForTheSecret(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key.json");
    Files.writeString(
        file, EcJwkGenerator.generateJwk(EllipticCurves.P256).toJson(INCLUDE_PRIVATE));
    GivenSettings given =
        GivenSettings.complete()
            .with(Setting.OAUTH_CLIENT_PRIVATE_KEY_FILE, file.toString())
            .with(Setting.OAUTH_CLIENT_PRIVATE_KEY_ID, "key-1");

    assertThat(given.read()).as("both").isInstanceOf(Refused.class);
    assertThat(signIn(given.without(Setting.OAUTH_CLIENT_SECRET)).providers().get(0).clientSecret())
        .isNull();
  }

  @Test
  void keyFileThatHoldsNoKeyIsRefusedWithoutQuotingIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key.pem");
    Files.writeString(file, GivenSettings.CANARY);
    GivenSettings given = GivenSettings.complete().without(Setting.OAUTH_CLIENT_SECRET);

    for (String name : List.of(file.toString(), folder.resolve("nowhere").toString())) {
      ConfigurationOutcome<RunnerConfig> outcome =
          given.with(Setting.OAUTH_CLIENT_PRIVATE_KEY_FILE, name).read();
      assertThat(outcome).isInstanceOf(Refused.class);
      assertThat(outcome.toString())
          .contains("OAUTH_CLIENT_PRIVATE_KEY_FILE is not valid")
          .doesNotContain(GivenSettings.CANARY);
    }
  }

  @Test
  void severalProvidersStandSideBySideTheGenericOneFirst_P13() {
    SignInConfig signIn = signIn(withPresets(GivenSettings.complete()));

    assertThat(signIn.providers())
        .extracting(ProviderSettings::id)
        .containsExactly("oauth", "google", "microsoft", "github");
    assertThat(signIn.toString()).doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void presetIsEnoughWithoutTheGenericProvider_S16() {
    SignInConfig signIn =
        signIn(
            withoutGeneric()
                .with(Setting.MICROSOFT_CLIENT_ID, "id")
                .with(Setting.MICROSOFT_CLIENT_SECRET, GivenSettings.CANARY));

    assertThat(signIn.providers())
        .singleElement()
        .satisfies(
            provider ->
                assertThat(provider.url())
                    .hasToString("https://login.microsoftonline.com/common/v2.0"));
  }

  @ParameterizedTest
  @CsvSource({
    "GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET",
    "GOOGLE_CLIENT_SECRET, GOOGLE_CLIENT_ID",
    "GOOGLE_HOSTED_DOMAIN, GOOGLE_CLIENT_ID",
    "MICROSOFT_CLIENT_ID, MICROSOFT_CLIENT_SECRET",
    "MICROSOFT_TENANT, MICROSOFT_CLIENT_ID",
    "GITHUB_CLIENT_SECRET, GITHUB_CLIENT_ID",
    "GITHUB_ORGANIZATIONS, GITHUB_CLIENT_ID",
    "OAUTH_CLIENT_ID, OAUTH_AUTHORIZE_URL"
  })
  void halfOfAProviderIsRefused_CF03(Setting given, Setting missing) {
    GivenSettings settings = withoutGeneric().with(given, "canary7391.example");

    assertThat(problems(settings))
        .anyMatch(line -> line.startsWith(missing.variable() + " is missing: "))
        .noneMatch(line -> line.contains(GivenSettings.CANARY));
  }

  @Test
  void noProviderAtAllIsRefused_CF03() {
    assertThat(problems(withoutGeneric()))
        .anyMatch(line -> line.startsWith("OAUTH_AUTHORIZE_URL is missing: "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GOOGLE_HOSTED_DOMAIN | *",
        "GOOGLE_HOSTED_DOMAIN | canary7391",
        "GOOGLE_HOSTED_DOMAIN | ,",
        "MICROSOFT_TENANT | canary7391/..",
        "MICROSOFT_ALLOWED_TENANTS | canary7391.onmicrosoft.com",
        "MICROSOFT_ALLOWED_GROUPS | canary7391",
        "GITHUB_ORGANIZATIONS | acme/canary7391",
        "GITHUB_ORGANIZATIONS | ,",
        "PROVIDER_SCOPES | a\"canary7391",
        "PROVIDER_PLUGINS | canary7391",
        "TRUSTED_ISSUERS | ;",
        "TRUSTED_ISSUERS | corp https://canary7391.example",
        "TRUSTED_ISSUERS | Corp! https://canary7391.example https://canary7391.example/jwks",
        "TRUSTED_ISSUERS | google https://canary7391.example https://canary7391.example/jwks",
        "TRUSTED_ISSUERS | corp https://canary7391.example http://canary7391.example/jwks",
        "TRUSTED_ISSUERS | corp https://a.example https://a.example/jwks color=canary7391",
        "ALLOWED_EMAILS | canary7391",
        "ALLOWED_EMAILS | ,",
        "ALLOWED_DOMAINS | @canary7391.example",
        "ALLOWED_DOMAINS | *.canary7391.example",
        "ALLOWED_DOMAINS | ,"
      })
  void malformedValueIsNamedOnceWithoutQuotingIt_UP15(Setting setting, String value) {
    assertThat(problems(withPresets(GivenSettings.complete()).with(setting, value)))
        .singleElement()
        .asString()
        .startsWith(setting.variable() + " is not valid: ")
        .doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void providersAreAskedForTheSameScopesAndWhoTheUserIs_UP16() {
    SignInConfig signIn =
        signIn(GivenSettings.complete().with(Setting.SCOPES_SUPPORTED, "mcp:read email"));

    assertThat(scopes(signIn)).isEqualTo(Scopes.of("mcp:read", "email", "openid", "profile"));
  }

  @Test
  void providersCanBeAskedForSomethingElse_UP16() {
    SignInConfig signIn =
        signIn(
            GivenSettings.complete()
                .with(Setting.SCOPES_SUPPORTED, "mcp:read")
                .with(Setting.PROVIDER_SCOPES, "openid,files:read"));

    assertThat(scopes(signIn)).isEqualTo(Scopes.of("openid", "files:read"));
  }

  @Test
  void policyIsMadeOfAddressesAndDomains_P12() {
    SignInConfig signIn =
        signIn(
            GivenSettings.complete()
                .with(Setting.ALLOWED_EMAILS, "ada@example.org, bob@example.org")
                .with(Setting.ALLOWED_DOMAINS, "corp.example"));

    assertThat(signIn.policy().permits(user("Bob@example.org"))).isTrue();
    assertThat(signIn.policy().permits(user("eve@corp.example"))).isTrue();
    assertThat(signIn.policy().permits(user("eve@example.org"))).isFalse();
  }

  @Test
  void trustedIssuersAreRead_S23() {
    assertThat(
            signIn(
                    GivenSettings.complete()
                        .with(
                            Setting.TRUSTED_ISSUERS,
                            "corp https://a.example https://a.example/jwks audience=x,y;"
                                + " other https://b.example https://b.example/keys"))
                .trustedIssuers())
        .containsExactly(
            new TrustedIssuer.Settings(
                "corp",
                "https://a.example",
                URI.create("https://a.example/jwks"),
                Set.of("x", "y")),
            new TrustedIssuer.Settings(
                "other", "https://b.example", URI.create("https://b.example/keys"), Set.of()));
  }

  @Test
  void listsMayBeSeparatedByCommasOrSpaces() {
    GivenSettings settings =
        withPresets(GivenSettings.complete())
            .with(Setting.GOOGLE_HOSTED_DOMAIN, "a.example, b.example")
            .with(Setting.MICROSOFT_ALLOWED_TENANTS, TENANT + " " + TENANT)
            .with(Setting.GITHUB_ORGANIZATIONS, "acme other");

    assertThat(signIn(settings).providers()).hasSize(4);
  }

  private static Scopes scopes(SignInConfig signIn) {
    return signIn.providers().get(0).scopesOr(Scopes.none());
  }

  private static User user(String email) {
    return new User("oauth:1", "oauth", email, null);
  }

  private static GivenSettings withPresets(GivenSettings settings) {
    for (Setting id :
        List.of(Setting.GOOGLE_CLIENT_ID, Setting.MICROSOFT_CLIENT_ID, Setting.GITHUB_CLIENT_ID)) {
      settings.with(id, "id");
    }
    for (Setting secret :
        List.of(
            Setting.GOOGLE_CLIENT_SECRET,
            Setting.MICROSOFT_CLIENT_SECRET,
            Setting.GITHUB_CLIENT_SECRET)) {
      settings.with(secret, GivenSettings.CANARY);
    }
    return settings;
  }

  private static GivenSettings withoutGeneric() {
    return GivenSettings.complete()
        .without(Setting.OAUTH_AUTHORIZE_URL)
        .without(Setting.OAUTH_CLIENT_ID)
        .without(Setting.OAUTH_CLIENT_SECRET);
  }

  private static SignInConfig signIn(GivenSettings settings) {
    ConfigurationOutcome<RunnerConfig> outcome = settings.read();
    assertThat(outcome).isInstanceOf(Configured.class);
    return ((Configured<RunnerConfig>) outcome).configuration().signIn();
  }

  private static List<String> problems(GivenSettings settings) {
    ConfigurationOutcome<RunnerConfig> outcome = settings.read();
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused<RunnerConfig>) outcome).problems().stream().map(Problem::line).toList();
  }
}
