package io.mcpoauth.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://client.example/cb, HTTPS",
    "HTTPS://client.example/cb, HTTPS",
    "https://client.example, HTTPS",
    "https://client.example/cb?tenant=1, HTTPS",
    "http://127.0.0.1/cb, LOOPBACK",
    "http://127.0.0.1:1234/cb, LOOPBACK",
    "http://[::1]:1234/cb, LOOPBACK",
    "http://localhost:1234/cb, LOOPBACK",
    "http://client.example/cb, PLAIN_HTTP",
    "http://localhost.evil.test/cb, PLAIN_HTTP",
    "http://127.0.0.1.evil.test/cb, PLAIN_HTTP",
    "http://169.254.169.254/, PLAIN_HTTP",
    "http://127.0.0.2/cb, PLAIN_HTTP",
    "http://localhost./cb, PLAIN_HTTP",
    "http://LOCALHOST/cb, PLAIN_HTTP",
    "cursor://anysphere.cursor-mcp/oauth/callback, PRIVATE_USE_SCHEME",
    "com.example.app:/callback, PRIVATE_USE_SCHEME",
    "httpsx://client.example/cb, PRIVATE_USE_SCHEME"
  })
  void kindSaysWhereTheUriLeads_RG07(String text, RedirectUri.Kind kind) {
    assertThat(RedirectUri.parse(text).orElseThrow().kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/cb",
        "//client.example/cb",
        "client.example/cb",
        "https:client.example/cb",
        "https:/client.example/cb",
        "https:///cb",
        "https://",
        "https://client.example/cb#",
        "https://client.example/cb#x",
        "https://user@client.example/cb",
        "https://127.0.0.1@evil.example/cb",
        "https://client.example:99999/cb",
        "https://client.example:99999999999/cb",
        "https://client.example:-1/cb",
        "https://*.client.example/cb",
        "https://client.example/*",
        "https://client.example\\evil/cb",
        "https://client.example/a/../cb",
        "https://client.example/a/./cb",
        "https://client.example/a/..",
        "https://client.example/a/%2e%2E/cb",
        "https://client.example/a/.%2e/cb",
        "https://client.example/a/..;/cb",
        "https://cl\u0131ent.example/cb",
        "https://client.example/\uFF0Fcb",
        "https://client.example/cb\u2028",
        "https://client.example/c b",
        " https://client.example/cb",
        "https://client.example/cb ",
        "https://client.example/cb\t",
        "https://client.example/cb\r\n",
        "https://client.example/cb\u0000",
        "https://client.example/%zz",
        "https://cli%65nt.example/cb",
        "https://client_.example,evil/cb",
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "about:blank",
        "blob:https://client.example/x",
        "view-source:https://client.example/",
        "mailto:a@b.example",
        "com.example.app:callback",
        "com.example.app://user@host/cb"
      })
  void whatReadersCouldDifferOnIsMalformed_RG04_RG06_AZ05_AZ07(String text) {
    assertThat(RedirectUri.parse(text)).isEmpty();
  }

  @Test
  void overlongUriIsMalformed_RG09() {
    assertThat(RedirectUri.parse("https://client.example/" + "x".repeat(2_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1/cb, http://127.0.0.1:1/cb, true",
    "http://127.0.0.1:1/cb, http://127.0.0.1/cb, true",
    "http://127.0.0.1:1/cb, http://127.0.0.1:65535/cb, true",
    "http://[::1]/cb, http://[::1]:1/cb, true",
    "http://localhost:1/cb?a=b, http://localhost:2/cb?a=b, true",
    "http://localhost, http://localhost:2, true",
    "http://localhost/cb, http://localhost:2/cb2, false",
    "http://localhost/cb, http://localhost:2/cb?a=b, false",
    "http://localhost/cb, http://localhost:2/cb/, false",
    "http://localhost/cb, http://127.0.0.1:2/cb, false",
    "http://localhost/cb, https://localhost:2/cb, false",
    "http://localhost/cb, HTTP://localhost:2/cb, false",
    "http://localhost/cb, http://LOCALHOST:2/cb, false",
    "http://localhost/cb, http://localhost:/cb, false",
    "http://localhost/cb, http://localhost:65536/cb, false",
    "http://localhost/cb, http://localhost.evil.test/cb, false",
    "http://localhost, http://localhost:2@evil.test, false",
    "http://localhost/cb, http://localhost:2/x/../cb, false",
    "http://[::1]/cb, http://[::1].evil.test/cb, false",
    "https://client.example/cb, https://client.example:8443/cb, false",
    "https://client.example/cb, https://client.example/CB, false"
  })
  void onlyThePortOfLoopbackIsFree_AZ10_AZ11(String registered, String presented, boolean match) {
    assertThat(new RedirectUri(registered).matches(presented)).isEqualTo(match);
  }

  @ParameterizedTest
  @CsvSource({
    "https://proxy.example, https://proxy.example/callback, true",
    "https://proxy.example, https://proxy.example:443/callback, true",
    "https://proxy.example, https://PROXY.example./callback, true",
    "https://proxy.example:443/base, https://proxy.example, true",
    "https://proxy.example, https://proxy.example:8443/callback, false",
    "https://proxy.example, https://proxy.example.evil.test/, false",
    "https://proxy.example, com.example.app:/callback, false",
    "http://localhost:8080, http://127.0.0.1:8080/callback, true",
    "http://127.0.0.1:8080, http://[::1]:8080/callback, true",
    "http://localhost:8080, http://localhost:6274/callback, false",
    "http://localhost, http://localhost:80/callback, true"
  })
  void ourOriginIsFoundHoweverItIsSpelt_AZ35(URI origin, String redirectUri, boolean ours) {
    assertThat(new RedirectUri(redirectUri).isOn(origin)).isEqualTo(ours);
  }
}
