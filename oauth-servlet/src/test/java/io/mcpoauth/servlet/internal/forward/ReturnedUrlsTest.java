package io.mcpoauth.servlet.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnedUrlsTest {

  private static final ReturnedUrls URLS = urls("http://s:1/base", "/base");

  @ParameterizedTest
  @CsvSource({
    "http://s:1/base/x?y,   https://mcp.example/mcp/x?y",
    "http://s:1/base,       https://mcp.example/mcp",
    "http://S:1/base/,      https://mcp.example/mcp/",
    "http://s:1/other,      https://mcp.example/other",
    "http://s.:1/base,      https://mcp.example/mcp",
    "http://s:01/base,      https://mcp.example/mcp",
    "https://s:1/base/,     https://mcp.example/mcp/",
    "//s:1/base,            https://mcp.example/mcp",
    "HTTP://s:1?q,          https://mcp.example?q",
    "/base/x,               /mcp/x",
    "/basement,             /basement",
    "relative,              relative",
    "?page=2,               ?page=2",
    "./a:b,                 ./a:b",
    "https://else.example/, https://else.example/",
    "https://8.8.8.8/x,     https://8.8.8.8/x",
    "https://mcp.example/x, https://mcp.example/x",
  })
  void urlNamesThePublicServer_RS21(String url, String expected) {
    assertThat(URLS.publicForm(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://s:11/base",
        "http://s/base",
        "http://u@s:1/base",
        "http://s:1@else.example/",
        "http://other/x",
        "http://localhost:1/base",
        "http://keys.internal/x",
        "http://printer.local./x",
        "http://10.0.0.5/x",
        "http://172.16.0.1/x",
        "http://192.168.0.1/x",
        "http://169.254.169.254/latest",
        "http://100.64.0.1/x",
        "//127.0.0.1/x",
        "http://127.1/x",
        "http://0x7f.1/x",
        "http://2130706433/x",
        "http://1.2.3.4.5/x",
        "http://[::1]:9/x",
        "http://[fd00::1]/x",
        "http://[::ffff:10.0.0.1]/x",
        "http://%31%32%37.0.0.1/x",
        "http://else.example:99999999/",
        "http://",
        "http:///x",
        "http:/x",
        "http:x",
        "/\\10.0.0.5/x",
        "/\t/10.0.0.5/x",
        "\\\\10.0.0.5\\x",
        "javascript:alert(1)"
      })
  void urlOfAnotherInternalHostIsNotTold_RS21(String url) {
    assertThat(URLS.publicForm(url)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "http://s,     https://s/mcp/,      https://mcp.example/mcp/",
    "http://s,     http://s:80/mcp/,    https://mcp.example/mcp/",
    "https://s,    http://s/mcp/,       https://mcp.example/mcp/",
    "http://[::1]:9, http://[::1]:9/mcp, https://mcp.example/mcp",
  })
  void schemeMayBeTheOneThatClientsUse_RS21(String server, String url, String expected) {
    assertThat(urls(server, "/mcp").publicForm(url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bearer error=\"insufficient_scope\", scope=\"a b\"|Bearer error=\"insufficient_scope\","
            + " scope=\"a b\"",
        "Bearer resource_metadata=\"http://s:1/.well-known/oauth-protected-resource\", scope=\"a\"|"
            + "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\","
            + " scope=\"a\"",
        "Bearer scope=a, Resource_Metadata = https://else.example/m|Bearer scope=a,"
            + " resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\"",
        "Basic realm=\"//docs\"|",
        "Bearer authorization_uri=\"http://10.0.0.5/authorize\"|",
        "Bearer authorization_uri=\"https://login.example/authorize\"|"
            + "Bearer authorization_uri=\"https://login.example/authorize\"",
      })
  void challengeLeadsToOurMetadataAndToNoInternalHost_RS21(String challenge, String expected) {
    assertThat(URLS.publicChallenge(challenge)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "<https://docs.example/a//b>; rel=help, false",
    "</base/x>; rel=next, false",
    "<http://s:1/base/x>; rel=next, true",
    "<https://docs.example/a>; <//10.0.0.5/x>; rel=next, true",
  })
  void textWithAnInternalUrlIsFound_RS21(String text, boolean expected) {
    assertThat(URLS.areInternalIn(text)).isEqualTo(expected);
  }

  private static ReturnedUrls urls(String server, String serverPath) {
    return new ReturnedUrls(
        new ProtectedResource(
            ResourceUri.parse("https://mcp.example/mcp").orElseThrow(),
            Scopes.none(),
            Scopes.none()),
        URI.create(server),
        serverPath);
  }
}
