package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientIdUrlTest {

  private static boolean isDocumentUrl(String text) {
    return ClientIdUrl.parse(text, DangerousTestAllowance.NOTHING).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example.com/oauth/client.json",
        "https://client.example.com/c",
        "https://client.example.com:443/c",
        "https://CLIENT.example.com/c",
        "https://client.example.com/c/",
        "https://client.example.com//c",
        "https://client.example.com/c?version=1&a=/?",
        "https://client.example.com/%7Euser/.well-known/c...d",
        "https://xn--bcher-kva.example.com/c;v=1",
        "https://1.example.com/a@b:c"
      })
  void documentUrlIsUnderstood(String text) {
    assertThat(isDocumentUrl(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "http://client.example.com/c",
        "HTTPS://client.example.com/c",
        "ftp://client.example.com/c",
        "https:///c",
        "https:c",
        "https:/client.example.com/c",
        "https://client.example.com",
        "https://client.example.com/",
        "https://client.example.com?c",
        "//client.example.com/c",
        "javascript:https://client.example.com/c"
      })
  void otherSchemesAndMissingPathsAreNoDocumentUrls_CM01(String text) {
    assertThat(isDocumentUrl(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example.com/.",
        "https://client.example.com/..",
        "https://client.example.com/./c",
        "https://client.example.com/a/../c",
        "https://client.example.com/a/%2e%2E/c",
        "https://client.example.com/a/.%2e",
        "https://client.example.com/a/..%2fc",
        "https://client.example.com/a%2f..%5cc",
        "https://client.example.com/a/..;x/c",
        "https://client.example.com/c#f",
        "https://client.example.com/c#",
        "https://user@client.example.com/c",
        "https://user:pw@client.example.com/c",
        "https://@client.example.com/c",
        "https://client.example.com /c",
        " https://client.example.com/c",
        "https://client.example.com/c ",
        "https://client.example.com/c\n",
        "https://client.example.com/a\tb",
        "https://client.example.com/a\u0000b",
        "https://client.example.com\\@evil.example/c",
        "https://client.example.com/a\\b",
        "https://client.example.com/ü",
        "https://clıent.example.com/c",
        "https://client。example.com/c",
        "https://client%2eexample.com/c",
        "https://client.example.com/%zz",
        "https://client.example.com/%2",
        "https://client.example.com/\"<>",
        "https://client.example.com/c?a=\r\nX: y"
      })
  void textThatReadersCouldUnderstandDifferentlyIsNoDocumentUrl_CM02(String text) {
    assertThat(isDocumentUrl(text)).isFalse();
  }

  @Test
  void longUrlIsNoDocumentUrl_CM02() {
    String prefix = "https://client.example.com/";

    assertThat(isDocumentUrl(prefix + "c".repeat(2_048 - prefix.length()))).isTrue();
    assertThat(isDocumentUrl(prefix + "c".repeat(2_049 - prefix.length()))).isFalse();
    assertThat(isDocumentUrl(prefix + "%41/".repeat(100_000))).isFalse();
    assertThat(isDocumentUrl("https://" + "a.".repeat(127) + "example.com/c")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://2130706433/c",
        "https://0x7f000001/c",
        "https://0x7f.1/c",
        "https://0177.0.0.1/c",
        "https://127.1/c",
        "https://127.0.0.1/c",
        "https://127.0.0.0x1/c",
        "https://8.8.8.8/c",
        "https://8.8.8.8./c",
        "https://[::1]/c",
        "https://[::ffff:7f00:1]/c",
        "https://[fe80::1%25eth0]/c",
        "https://[2606:4700::1111]/c",
        "https://localhost/c",
        "https://localhost./c",
        "https://a.localhost/c",
        "https://client.example.com./c",
        "https://intranet/c",
        "https://metadata.google.internal/c",
        "https://printer.local/c",
        "https://router.home.arpa/c",
        "https://hidden.onion/c",
        "https://client..example.com/c",
        "https://.example.com/c",
        "https://-a.example.com/c",
        "https://a_b.example.com/c"
      })
  void addressesAndLocalNamesAreNoDocumentHosts_CM05(String text) {
    assertThat(isDocumentUrl(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {":22", ":80", ":8443", ":0443", ":443 ", ":", ":0", ":99999", ":-443"})
  void otherPortsAreRefused_CM19(String port) {
    assertThat(isDocumentUrl("https://client.example.com" + port + "/c")).isFalse();
  }

  @Test
  void onlyTheTestAllowanceAdmitsLocalhostAndOtherPorts() {
    String local = "https://localhost:8443/c";

    assertThat(ClientIdUrl.parse(local, DangerousTestAllowance.NOTHING)).isEmpty();
    assertThat(ClientIdUrl.parse(local, DangerousTestAllowance.LOOPBACK_DOCUMENTS))
        .hasValueSatisfying(url -> assertThat(url.authority()).isEqualTo("localhost:8443"));
    assertThat(ClientIdUrl.parse("https://127.0.0.1/c", DangerousTestAllowance.LOOPBACK_DOCUMENTS))
        .isEmpty();
  }
}
