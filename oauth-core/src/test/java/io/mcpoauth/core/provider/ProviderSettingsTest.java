package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpoauth.core.secret.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {

  private static final String URL = "https://idp.example/tenant";

  @Test
  void secretIsNotPrinted() {
    ProviderSettings settings =
        ProviderSettings.builder("idp", URL, "proxy").clientSecret(Secret.of("hush")).build();
    assertThat(settings.toString()).doesNotContain("hush");
  }

  @Test
  void hostIsTheUsualDisplayName() {
    assertThat(ProviderSettings.builder("idp", URL, "proxy").build().displayName())
        .isEqualTo("idp.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "idp.example",
        "http://idp.example",
        "http://localhost.evil.example",
        "ftp://idp.example",
        "https://user:pw@idp.example",
        "https://idp.example/#x",
        "https://idp.example/?x=y",
        "https://idp.example/.well-known/openid-configuration"
      })
  void urlMustBeAnIssuerThatASecretMayBeSentTo_UP19(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderSettings.builder("idp", url, "proxy").build())
        .withMessageContaining("URL of provider idp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:9000/x", "http://127.0.0.1", "http://[::1]:1", "https://idp"})
  void loopbackNeedsNoTls(String url) {
    assertThat(ProviderSettings.builder("idp", url, "proxy").build().url()).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a/b", "-a", "a-", "a b"})
  void idMustFitIntoAUrl(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderSettings.builder(id, URL, "proxy").build());
  }

  @Test
  void emptySecretIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProviderSettings.builder("idp", URL, "proxy").clientSecret(Secret.of("")).build());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 11})
  void timeoutIsAboveZeroAndAtMostTenSeconds_UP17(long seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                ProviderSettings.builder("idp", URL, "proxy")
                    .timeout(Duration.ofSeconds(seconds))
                    .build());
  }

  @Test
  void withoutDiscoveryTheUrlMustBeAnAuthorizationEndpoint_UP19() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProviderSettings.builder("idp", URL, "proxy").withoutDiscovery().build())
        .withMessageContaining("/authorize");
  }

  @Test
  void clientThatFollowsRedirectsIsRefused_UP17() {
    HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    ProviderSettings settings = ProviderSettings.builder("idp", URL, "proxy").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Providers.of(settings, client, InstantSource.system()));
  }

  @Test
  void urlChoosesTheProvider_S3() {
    InstantSource clock = InstantSource.system();
    ProviderSettings gitHub =
        ProviderSettings.builder("gh", "https://GitHub.com/login/oauth", "proxy").build();
    ProviderSettings other =
        ProviderSettings.builder("idp", "https://github.com.example", "proxy").build();
    assertThat(Providers.of(gitHub, OpenIdQuirks.client(), clock))
        .isInstanceOf(GitHubProvider.class);
    assertThat(Providers.of(other, OpenIdQuirks.client(), clock))
        .isInstanceOf(OpenIdProvider.class);
  }
}
