package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Microsoft Entra, endpoint version 2.0, as it behaves on the wire. */
class MicrosoftProviderTest {

  private static final String TENANT = "11111111-2222-3333-4444-555555555555";
  private static final String OTHER_TENANT = "99999999-2222-3333-4444-555555555555";
  private static final String OBJECT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  private static final String GROUP = "77777777-0000-0000-0000-000000000001";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @BeforeEach
  void behave() {
    quirks.metadata.put("userinfo_endpoint", quirks.server.url() + "/oidc/userinfo");
    quirks.metadata.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "private_key_jwt", "client_secret_basic"));
    quirks.claims.put("tid", TENANT);
    quirks.claims.put("oid", OBJECT);
    quirks.claims.put("sub", "pairwise-subject");
    quirks.claims.put("email", "ada@example.com");
    quirks.claims.put("preferred_username", "ada@example.onmicrosoft.com");
    quirks.claims.put("name", "Ada Lovelace");
    quirks.claims.put("iss", issuer(TENANT));
  }

  @AfterEach
  void stop() {
    quirks.close();
  }

  @ParameterizedTest
  @CsvSource({
    "common, {tenantid}",
    "organizations, {tenantid}",
    TENANT + ", " + TENANT,
    "contoso.onmicrosoft.com, " + TENANT
  })
  void userIsKnownByTenantAndObjectUnderThePrefix_UP14(String tenant, String published) {
    publish(tenant, published);
    assertThat(signIn(new Preset.Microsoft(tenant)))
        .isInstanceOfSatisfying(
            SignInAnswer.SignedIn.class,
            answer ->
                assertThat(answer.user())
                    .isEqualTo(
                        new User(
                            "microsoft:" + TENANT + ":" + OBJECT,
                            "microsoft",
                            null,
                            "Ada Lovelace")));
    assertThat(quirks.server.paths()).doesNotContain("/oidc/userinfo");
  }

  @Test
  void consumersAreOfTheirOwnTenant() {
    publish("consumers", MicrosoftDialect.PRIVATE_ACCOUNTS);
    Preset.Microsoft consumers = new Preset.Microsoft("consumers");
    assertThat(signIn(consumers)).isInstanceOf(SignInAnswer.Rejected.class);
    comeFrom(MicrosoftDialect.PRIVATE_ACCOUNTS);
    assertThat(signIn(consumers)).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void privateAccountIsNoOrganization() {
    publish("organizations", "{tenantid}");
    comeFrom(MicrosoftDialect.PRIVATE_ACCOUNTS);
    assertThat(signIn(new Preset.Microsoft("organizations")))
        .isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void anotherTenantThanTheOneIsRefused_UP26() {
    publish(TENANT, TENANT);
    comeFrom(OTHER_TENANT);
    assertThat(signIn(new Preset.Microsoft(TENANT))).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OTHER_TENANT,
        "{tenantid}",
        "common",
        "x/../" + TENANT,
        "",
        "https://evil.example"
      })
  void issuerMustBeThatOfTheTokensTenant_UP10(String tenant) {
    publish("common", "{tenantid}");
    quirks.claims.put("iss", issuer(tenant));
    assertThat(signIn(new Preset.Microsoft("common"))).isInstanceOf(SignInAnswer.Rejected.class);
    quirks.claims.put("tid", tenant);
    assertThat(signIn(new Preset.Microsoft("common")))
        .isInstanceOf(
            tenant.equals(OTHER_TENANT)
                ? SignInAnswer.SignedIn.class
                : SignInAnswer.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "common, " + TENANT,
    "organizations, common",
    "consumers, {tenantid}",
    TENANT + ", " + OTHER_TENANT,
    TENANT + ", {tenantid}",
    "contoso.onmicrosoft.com, contoso.onmicrosoft.com"
  })
  void metadataOfAnotherIssuerIsRefused_UP19(String tenant, String published) {
    publish(tenant, published);
    assertThat(provider(new Preset.Microsoft(tenant)).start(OpenIdQuirks.request()))
        .isInstanceOf(StartAnswer.Unavailable.class);
  }

  @Test
  void keyOfAnotherTenantIsRefused_UP10() {
    publish("common", "{tenantid}");
    publishKeyOf(issuer(OTHER_TENANT));
    assertThat(signIn(new Preset.Microsoft("common"))).isInstanceOf(SignInAnswer.Rejected.class);
    publishKeyOf(issuer("{tenantid}"));
    assertThat(signIn(new Preset.Microsoft("common"))).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tid", "oid", "iss"})
  void tokenWithoutItsKeysIsRefused_UP16(String claim) {
    publish("common", "{tenantid}");
    quirks.claims.remove(claim);
    assertThat(signIn(new Preset.Microsoft("common"))).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void addressIsNotVerifiedByAnythingButItsDomainsOwner_UP14(String verified) {
    publish("common", "{tenantid}");
    quirks.claims.put("email_verified", verified);
    assertThat(emailOf(signIn(new Preset.Microsoft("common")))).isEmpty();
    quirks.claims.put("xms_edov", "0");
    assertThat(emailOf(signIn(new Preset.Microsoft("common")))).isEmpty();
    for (Object vouched : List.of(true, "1", 1, "true")) {
      quirks.claims.put("xms_edov", vouched);
      assertThat(emailOf(signIn(new Preset.Microsoft("common")))).isEqualTo("ada@example.com");
    }
  }

  @Test
  void offlineAccessIsAskedForAndNoResourceIsNamed_lesson11() {
    publish("common", "{tenantid}");
    Parameters sent = authorizationRequest(new Preset.Microsoft("common"));
    assertThat(sent.get("scope")).isEqualTo("api://mcp/read openid profile email offline_access");
    assertThat(sent.get("resource")).isNull();
  }

  @Test
  void refreshNamesTheScopesAndNoResource_lesson11() {
    publish("common", "{tenantid}");
    assertThat(provider(new Preset.Microsoft("common")).refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOf(RefreshAnswer.Refreshed.class);
    Parameters sent =
        Parameters.parse(quirks.server.requestsTo("/tenant/token").get(0).body()).orElseThrow();
    assertThat(sent.get("scope")).isEqualTo("api://mcp/read openid profile email offline_access");
    assertThat(sent.get("resource")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "interaction_required", "consent_required"})
  void deadGrantIsToldInEntrasWords_UP22(String error) {
    publish("common", "{tenantid}");
    quirks.server.on(
        "/tenant/token",
        QuirkServer.reply(
            400,
            "application/json; charset=utf-8",
            "{\"error\":\""
                + error
                + "\",\"error_description\":\"AADSTS70008: ...\",\"error_codes\":[70008],"
                + "\"suberror\":\"bad_token\"}"));
    assertThat(provider(new Preset.Microsoft("common")).refresh(OpenIdQuirks.OLD_TOKENS))
        .isInstanceOf(RefreshAnswer.GrantDead.class);
  }

  @Test
  void onlyAllowedTenantsSignIn_UP26() {
    publish("common", "{tenantid}");
    assertThat(signIn(new Preset.Microsoft("common", Set.of(TENANT), Set.of())))
        .isInstanceOf(SignInAnswer.SignedIn.class);
    assertNotAllowed(
        "Microsoft tenant", signIn(new Preset.Microsoft("common", Set.of(OTHER_TENANT), Set.of())));
  }

  @Test
  void onlyMembersOfAllowedGroupsSignIn_P12() {
    publish("common", "{tenantid}");
    Preset.Microsoft preset = new Preset.Microsoft("common", Set.of(), Set.of(GROUP));
    quirks.claims.put("groups", List.of(OBJECT, GROUP));
    assertThat(signIn(preset)).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.claims.put("groups", List.of(OBJECT));
    assertNotAllowed("Microsoft group", signIn(preset));
  }

  @Test
  void userInTooManyGroupsToListIsNotAllowed_P12() {
    publish("common", "{tenantid}");
    quirks.claims.put("_claim_names", Map.of("groups", "src1"));
    assertNotAllowed(
        "Microsoft group (the ID token lists no groups)",
        signIn(new Preset.Microsoft("common", Set.of(), Set.of(GROUP))));
  }

  @Test
  void groupThatWasLeftEndsTheGrantAtRefresh_P12() {
    publish("common", "{tenantid}");
    quirks.claims.put("groups", List.of(OBJECT));
    assertThat(
            provider(new Preset.Microsoft("common", Set.of(), Set.of(GROUP)))
                .refresh(OpenIdQuirks.OLD_TOKENS))
        .isEqualTo(new RefreshAnswer.NotAllowed("Microsoft group"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize, common",
    "https://login.microsoftonline.com/" + TENANT + "/v2.0, " + TENANT,
    "https://login.microsoftonline.us/Contoso.us, contoso.us"
  })
  void entraIsKnownByItsHost_S2(String url, String tenant) {
    ProviderSettings settings = ProviderSettings.builder("oauth", url, "app").build();
    assertThat(settings.preset()).isEqualTo(new Preset.Microsoft(tenant));
    assertThat(new MicrosoftDialect(new Preset.Microsoft(tenant)).metadataUrl(settings.url()))
        .hasToString("https://" + settings.url().getHost() + "/" + tenant + "/v2.0");
  }

  @Test
  void authorizationResponseMayNameATenantsIssuer_UP07() {
    MicrosoftDialect dialect = new MicrosoftDialect(new Preset.Microsoft("common"));
    String published = issuer("{tenantid}");
    assertThat(dialect.isResponseIssuer(published, issuer(TENANT))).isTrue();
    assertThat(dialect.isResponseIssuer(published, published)).isFalse();
    assertThat(dialect.isResponseIssuer(published, "https://evil.example/v2.0")).isFalse();
    assertThat(dialect.isResponseIssuer(issuer(TENANT), issuer(OTHER_TENANT))).isFalse();
  }

  private String issuer(String tenant) {
    return quirks.server.url() + "/" + tenant + "/v2.0";
  }

  private void publish(String tenant, String publishedTenant) {
    quirks.metadata.put("issuer", issuer(publishedTenant));
    quirks.publishMetadataAt("/" + tenant + "/v2.0/.well-known/openid-configuration");
  }

  private void comeFrom(String tenant) {
    quirks.claims.put("tid", tenant);
    quirks.claims.put("iss", issuer(tenant));
  }

  private void publishKeyOf(String keyIssuer) {
    Map<String, Object> key = OpenIdQuirks.KEY.toParams(OutputControlLevel.PUBLIC_ONLY);
    key.put("issuer", keyIssuer);
    key.put("x5c", List.of("MIIC"));
    quirks.server.json("/tenant/jwks", JsonUtil.toJson(Map.of("keys", List.of(key))));
  }

  private OpenIdProvider provider(Preset.Microsoft preset) {
    ProviderSettings settings =
        ProviderSettings.builder(preset.id(), issuer(preset.tenant()), OpenIdQuirks.CLIENT_ID)
            .clientSecret(Secret.of("secret"))
            .scopes(Scopes.of("api://mcp/read"))
            .prefixedUserIds()
            .build();
    return new OpenIdProvider(
        settings, new MicrosoftDialect(preset), OpenIdQuirks.client(), quirks.clock);
  }

  private SignInAnswer signIn(Preset.Microsoft preset) {
    return provider(preset).finish(OpenIdQuirks.callback("code=c&state=s&session_state=x"));
  }

  private Parameters authorizationRequest(Preset.Microsoft preset) {
    StartAnswer.Redirect redirect =
        (StartAnswer.Redirect) provider(preset).start(OpenIdQuirks.request());
    return Parameters.parse(redirect.location().getRawQuery()).orElseThrow();
  }

  private static String emailOf(SignInAnswer answer) {
    String email = ((SignInAnswer.SignedIn) answer).user().email();
    return email == null ? "" : email;
  }

  private static void assertNotAllowed(String rule, SignInAnswer answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            SignInAnswer.NotAllowed.class, denied -> assertThat(denied.rule()).isEqualTo(rule));
  }
}
