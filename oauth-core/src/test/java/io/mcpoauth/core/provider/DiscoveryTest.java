package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

  private static final String APPENDED = "/tenant/.well-known/openid-configuration";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server/tenant",
        "/tenant/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration/tenant",
        "/tenant/.well-known/openid-configuration"
      })
  void metadataIsFoundInEachWellKnownForm_S3(String path) {
    quirks.server.forget(APPENDED);
    quirks.publishMetadataAt(path);
    assertThat(start(quirks.provider())).isInstanceOf(StartAnswer.Redirect.class);
  }

  @Test
  void issuerWithoutPathIsFoundAtTheRoot_S3() {
    quirks.metadata.put("issuer", quirks.server.url() + "/");
    quirks.publishMetadataAt("/.well-known/openid-configuration");
    ProviderSettings settings =
        ProviderSettings.builder("root", quirks.server.url(), "proxy").build();
    assertThat(start(quirks.provider(settings))).isInstanceOf(StartAnswer.Redirect.class);
  }

  @Test
  void openIdMetadataIsPreferredToBareOAuthMetadata_S3() {
    quirks.server.json(
        "/.well-known/oauth-authorization-server/tenant",
        "{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/a\",\"token_endpoint\":\"%s/t\"}"
            .formatted(quirks.issuer, quirks.issuer, quirks.issuer));
    assertThat(start(quirks.provider()))
        .isInstanceOfSatisfying(
            StartAnswer.Redirect.class,
            redirect -> assertThat(redirect.location().getPath()).isEqualTo("/tenant/authorize"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "http://127.0.0.1/tenant", "", "HTTP://LOCALHOST/tenant"})
  void documentOfAnotherIssuerIsRefused_UP19(String issuer) {
    quirks.metadata.put("issuer", issuer);
    assertUnavailable("issuer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"})
  void endpointWithoutTlsIsRefused_UP19(String endpoint) {
    quirks.metadata.put(endpoint, "http://idp.example/x");
    assertUnavailable(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:///etc/passwd", "javascript:alert(1)", "/relative", "https://h:99999/"})
  void endpointThatIsNoWebAddressIsRefused_UP19(String endpoint) {
    quirks.metadata.put("token_endpoint", endpoint);
    assertUnavailable("token_endpoint");
  }

  @Test
  void documentWithoutTokenEndpointIsRefused_UP19() {
    quirks.metadata.remove("token_endpoint");
    assertUnavailable("token_endpoint");
  }

  @Test
  void memberThatStandsTwiceMakesTheDocumentUnreadable_UP19() {
    quirks.server.json(APPENDED, "{\"issuer\":\"a\",\"issuer\":\"b\"}");
    assertUnavailable("JSON");
  }

  @Test
  void providerWithoutMetadataIsUnavailableAndNeverGuessed_UP19() {
    quirks.server.forget(APPENDED);
    assertUnavailable("publishes no metadata");
    assertThat(quirks.server.requestsTo("/tenant/token")).isEmpty();
    assertThat(quirks.server.paths()).hasSize(4);
  }

  @Test
  void outageEndsTheSearch_UP19() {
    quirks.server.on(APPENDED, QuirkServer.reply(503, "text/plain", ""));
    quirks.publishMetadataAt("/.well-known/oauth-authorization-server/tenant");
    assertUnavailable("answered 503");
  }

  @Test
  void redirectIsNotFollowed_UP17() {
    quirks.server.on(APPENDED, QuirkServer.redirect(quirks.server.url() + "/elsewhere"));
    assertUnavailable("answered 302");
    assertThat(quirks.server.paths()).doesNotContain("/elsewhere");
  }

  @Test
  void failureIsForgottenAfterAShortPause_UP19() {
    OpenIdProvider provider = quirks.provider();
    quirks.server.forget(APPENDED);
    assertThat(start(provider)).isInstanceOf(StartAnswer.Unavailable.class);
    quirks.publishMetadata();

    assertThat(start(provider)).isInstanceOf(StartAnswer.Unavailable.class);
    assertThat(quirks.server.requestsTo(APPENDED)).hasSize(1);
    quirks.clock.advance(Duration.ofSeconds(10));
    assertThat(start(provider)).isInstanceOf(StartAnswer.Redirect.class);
  }

  @Test
  void metadataIsFetchedAnewAfterAnHour() {
    OpenIdProvider provider = quirks.provider();
    start(provider);
    quirks.clock.advance(Duration.ofMinutes(59));
    start(provider);
    assertThat(quirks.server.requestsTo(APPENDED)).hasSize(1);
    quirks.clock.advance(Duration.ofMinutes(1));
    start(provider);
    assertThat(quirks.server.requestsTo(APPENDED)).hasSize(2);
  }

  @Test
  void manySignInsAtOnceFetchTheMetadataOnce() throws InterruptedException {
    OpenIdProvider provider = quirks.provider();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<StartAnswer>> starts = Collections.nCopies(8, () -> start(provider));
    assertThat(threads.invokeAll(starts))
        .allSatisfy(answer -> assertThat(answer.get()).isInstanceOf(StartAnswer.Redirect.class));
    threads.shutdown();
    assertThat(quirks.server.requestsTo(APPENDED)).hasSize(1);
  }

  @Test
  void lastGoodMetadataStaysWhileTheProviderIsDown() {
    OpenIdProvider provider = quirks.provider();
    start(provider);
    quirks.server.on(APPENDED, QuirkServer.reply(500, "text/html", "<h1>"));
    quirks.clock.advance(Duration.ofHours(2));
    assertThat(start(provider)).isInstanceOf(StartAnswer.Redirect.class);
    assertThat(start(provider)).isInstanceOf(StartAnswer.Redirect.class);
    assertThat(quirks.server.requestsTo(APPENDED)).hasSize(2);
  }

  @Test
  void clockThatIsSetBackDoesNotProlongAFailure() {
    OpenIdProvider provider = quirks.provider();
    quirks.server.forget(APPENDED);
    start(provider);
    quirks.publishMetadata();
    quirks.clock.advance(Duration.ofDays(-1));
    assertThat(start(provider)).isInstanceOf(StartAnswer.Redirect.class);
  }

  @Test
  void unreachableProviderIsUnavailable_UP19() {
    quirks.close();
    assertUnavailable("ConnectException");
  }

  @Test
  void withoutDiscoveryTheEndpointsAreBesideTheAuthorizationEndpoint_S3() {
    quirks.server.json("/tenant/token", "{\"access_token\":\"at\"}");
    ProviderSettings settings =
        ProviderSettings.builder("plain", quirks.issuer + "/authorize", "proxy")
            .withoutDiscovery()
            .build();
    OpenIdProvider provider = quirks.provider(settings);
    assertThat(start(provider))
        .isInstanceOfSatisfying(
            StartAnswer.Redirect.class,
            redirect ->
                assertThat(redirect.location().toString())
                    .startsWith(quirks.issuer + "/authorize?")
                    .doesNotContain("nonce"));
    assertThat(provider.finish(OpenIdQuirks.callback("code=c")))
        .isInstanceOf(SignInAnswer.SignedIn.class);
    assertThat(quirks.server.paths()).containsExactly("/tenant/token", "/tenant/userinfo");
  }

  private void assertUnavailable(String cause) {
    assertThat(start(quirks.provider()))
        .isInstanceOfSatisfying(
            StartAnswer.Unavailable.class, answer -> assertThat(answer.cause()).contains(cause));
  }

  private static StartAnswer start(OpenIdProvider provider) {
    return provider.start(OpenIdQuirks.request());
  }
}
