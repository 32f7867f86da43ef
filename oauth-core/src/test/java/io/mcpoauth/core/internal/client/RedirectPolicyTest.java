package io.mcpoauth.core.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.RedirectUri;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectPolicyTest {

  private static final RedirectPolicy POLICY =
      new RedirectPolicy("https://proxy.example", RedirectPolicy.KNOWN_APPLICATION_SCHEMES);

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb, true",
    "http://127.0.0.1:1234/cb, true",
    "cursor://anysphere.cursor-mcp/oauth/callback, true",
    "vscode://vscode.auth/cb, true",
    "com.example.app:/callback, true",
    "http://client.example/cb, false",
    "http://localhost.evil.test/, false",
    "http://169.254.169.254/, false",
    "javascript:/alert(1), false",
    "JavaScript://x/%0aalert(1), false",
    "data:/text/html, false",
    "vbscript:/x, false",
    "file:///etc/passwd, false",
    "blob:/x, false",
    "about:/blank, false",
    "view-source:/x, false",
    "intent://x/cb, false",
    "ftp://client.example/cb, false",
    "ws://client.example/cb, false",
    "unknown://client.example/cb, false"
  })
  void onlyKnownClassesOfSchemesAreAllowed_RG04_RG07(String uri, boolean allowed) {
    assertThat(POLICY.allows(new RedirectUri(uri))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://proxy.example/callback",
    "https://proxy.example",
    "https://PROXY.example/authorize",
    "https://proxy.example:443/callback",
    "https://proxy.example./callback",
    "https://proxy.example?x=1"
  })
  void ourOwnOriginIsNotAllowed_AZ35(String uri) {
    assertThat(POLICY.allows(new RedirectUri(uri))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb?tenant=1, true",
    "https://client.example/cb?codec=1, true",
    "https://client.example/cb?code=1, false",
    "https://client.example/cb?a=b&iss=https://evil.example, false",
    "https://client.example/cb?state, false",
    "https://client.example/cb?%65rror=1, false",
    "cursor://x/cb?code=1, false"
  })
  void queryMayNotHoldWhatTheResponseWillHold_AZ09(String uri, boolean allowed) {
    assertThat(POLICY.allows(new RedirectUri(uri))).isEqualTo(allowed);
  }
}
