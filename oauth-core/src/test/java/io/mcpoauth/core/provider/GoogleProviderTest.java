package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google as it behaves on the wire. */
class GoogleProviderTest {

  private static final String DOMAIN = "Example.com";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @BeforeEach
  void behave() {
    String google = quirks.server.url();
    quirks.metadata.put("issuer", google);
    quirks.publishMetadataAt("/.well-known/openid-configuration");
    quirks.claims.put("iss", google);
    quirks.claims.put("azp", OpenIdQuirks.CLIENT_ID);
    quirks.claims.put("sub", "110169484474386276334");
    quirks.claims.put("email", "ada@example.com");
    quirks.claims.put("email_verified", true);
    quirks.claims.put("hd", "example.com");
    quirks.userinfo.put("sub", "110169484474386276334");
    quirks.userinfo.put("name", "Ada Lovelace");
  }

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void refreshTokenIsAskedForEachTime_lesson11() {
    Parameters sent = authorizationRequest(provider(Set.of(), null));
    assertThat(sent.get("access_type")).isEqualTo("offline");
    assertThat(sent.get("prompt")).isEqualTo("consent");
    assertThat(sent.get("code_challenge_method")).isEqualTo("S256");
    assertThat(sent.get("nonce")).isEqualTo(OpenIdQuirks.NONCE);
    assertThat(sent.get("hd")).isNull();
  }

  @Test
  void scopeThatGoogleRefusesIsLeftOutAndWhatIsNeededIsAdded_UP16() {
    Parameters sent =
        authorizationRequest(
            provider(Set.of(), Scopes.of("https://api.example/read", "offline_access", "email")));
    assertThat(sent.get("scope")).isEqualTo("https://api.example/read email openid profile");
  }

  @Test
  void hostedDomainIsAHintForGooglesPage() {
    assertThat(authorizationRequest(provider(Set.of(DOMAIN), null)).get("hd"))
        .isEqualTo("example.com");
    assertThat(authorizationRequest(provider(Set.of("a.example", "b.example"), null)).get("hd"))
        .isEqualTo("*");
  }

  @Test
  void userIsKnownBySubjectUnderGooglesPrefix_UP14() {
    assertThat(signIn(Set.of()))
        .isInstanceOfSatisfying(
            SignInAnswer.SignedIn.class,
            answer ->
                assertThat(answer.user())
                    .isEqualTo(
                        new User(
                            "google:110169484474386276334",
                            "google",
                            "ada@example.com",
                            "Ada Lovelace")));
  }

  @Test
  void issuerMayLackItsScheme() {
    quirks.claims.put("iss", quirks.server.url().substring("http://".length()));
    assertThat(signIn(Set.of())).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://accounts.google.com.evil.example", "accounts.google.com", "//"})
  void anyOtherIssuerIsRefused_UP10(String issuer) {
    quirks.claims.put("iss", issuer);
    assertThat(signIn(Set.of())).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void verificationMayBeSaidInText() {
    quirks.claims.put("email_verified", "true");
    assertThat(emailOf(signIn(Set.of()))).isEqualTo("ada@example.com");
    quirks.claims.put("email_verified", "false");
    assertThat(emailOf(signIn(Set.of()))).isEmpty();
  }

  @Test
  void accountOfTheHostedDomainSignsIn_UP26() {
    assertThat(signIn(Set.of(DOMAIN))).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.claims.put("hd", "EXAMPLE.com");
    assertThat(signIn(Set.of(DOMAIN))).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @ParameterizedTest
  @CsvSource({"evil.example", "example.com.", "sub.example.com", "ехample.com", "''"})
  void accountOfAnotherDomainIsNotAllowed_UP26(String domain) {
    quirks.claims.put("hd", domain);
    assertNotAllowed(signIn(Set.of(DOMAIN)));
  }

  @Test
  void privateAccountWithAnAddressOfTheDomainIsNotAllowed_UP26() {
    quirks.claims.remove("hd");
    quirks.userinfo.put("hd", "example.com");
    assertNotAllowed(signIn(Set.of(DOMAIN)));
  }

  @Test
  void hostedDomainIsEnforcedAgainAtRefresh_UP26() {
    OpenIdProvider provider = provider(Set.of(DOMAIN), null);
    assertThat(provider.refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOf(RefreshAnswer.Refreshed.class);
    quirks.claims.remove("hd");
    assertThat(provider.refresh(OpenIdQuirks.OLD_TOKENS))
        .isEqualTo(new RefreshAnswer.NotAllowed("Google hosted domain"));
  }

  @Test
  void refreshTellsTheProfileAnew() {
    quirks.claims.put("email", "ada.lovelace@example.com");
    quirks.claims.remove("nonce");
    assertThat(provider(Set.of(), null).refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOfSatisfying(
            RefreshAnswer.Refreshed.class,
            answer ->
                assertThat(String.valueOf(answer.user())).contains("ada.lovelace@example.com"));
  }

  @Test
  void refreshWithoutASoundIdTokenKeepsTheNewTokens_UP22() {
    quirks.sendIdToken("not.a.token");
    assertThat(provider(Set.of(DOMAIN), null).refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOfSatisfying(
            RefreshAnswer.Refreshed.class,
            answer -> {
              assertThat(answer.user()).isNull();
              assertThat(answer.tokens().accessToken().expose()).isEqualTo("upstream-access");
            });
  }

  @Test
  void googleIsKnownByItsHost_S2() {
    ProviderSettings settings =
        ProviderSettings.builder("oauth", "https://accounts.google.com/o/oauth2/v2/auth", "app")
            .build();
    assertThat(settings.preset()).isEqualTo(new Preset.Google());
    assertThat(settings.userIdPrefix()).isEmpty();
    assertThat(Providers.of(settings, OpenIdQuirks.client(), InstantSource.system()))
        .isInstanceOf(OpenIdProvider.class);
    assertThat(new GoogleDialect(Set.of()).metadataUrl(settings.url()))
        .hasToString("https://accounts.google.com");
  }

  private OpenIdProvider provider(Set<String> domains, @Nullable Scopes scopes) {
    Preset.Google preset = new Preset.Google(domains);
    ProviderSettings.Builder settings =
        ProviderSettings.builder(preset.id(), quirks.server.url(), OpenIdQuirks.CLIENT_ID)
            .clientSecret(Secret.of("secret"))
            .prefixedUserIds();
    if (scopes != null) {
      settings.scopes(scopes);
    }
    return new OpenIdProvider(
        settings.build(),
        new GoogleDialect(preset.hostedDomains()),
        OpenIdQuirks.client(),
        quirks.clock);
  }

  private SignInAnswer signIn(Set<String> domains) {
    return provider(domains, null).finish(OpenIdQuirks.callback("code=c&state=s&scope=x&hd=y"));
  }

  private static void assertNotAllowed(SignInAnswer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            SignInAnswer.NotAllowed.class,
            denied -> assertThat(denied.rule()).isEqualTo("Google hosted domain"));
  }

  private static String emailOf(SignInAnswer answer) {
    String email = ((SignInAnswer.SignedIn) answer).user().email();
    return email == null ? "" : email;
  }

  private static Parameters authorizationRequest(OpenIdProvider provider) {
    StartAnswer.Redirect redirect = (StartAnswer.Redirect) provider.start(OpenIdQuirks.request());
    return Parameters.parse(redirect.location().getRawQuery()).orElseThrow();
  }
}
