package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardTargetTest {

  @ParameterizedTest
  @CsvSource({
    "http://s:1,          /mcp,      http://s:1/mcp",
    "http://s:1/,         /mcp/a,    http://s:1/mcp/a",
    "http://s:1/base,     /mcp,      http://s:1/base",
    "http://s:1/base/,    /mcp/,     http://s:1/base/",
    "http://s:1/base,     /mcp/a%20b,http://s:1/base/a%20b",
  })
  void pathOfTheServerTakesThePlaceOfTheResource(String server, String path, String expected) {
    assertThat(target(server).resolve(path, null)).contains(URI.create(expected));
  }

  @Test
  void accessTokenLeavesTheQueryAndTheRestStaysToTheByte_RS07() {
    assertThat(target("http://s").resolve("/mcp", "a=%7e&access_token=x&%61ccess_token=y&&b"))
        .map(URI::getRawQuery)
        .contains("a=%7e&&b");
    assertThat(target("http://s").resolve("/mcp", "access_token=x"))
        .contains(URI.create("http://s/mcp"));
  }

  @Test
  void queryThatIsNoUriIsRefused() {
    assertThat(target("http://s").resolve("/mcp", "a=|")).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "http://s:1/base/x?y,  https://mcp.example/mcp/x?y",
    "http://s:1/base,      https://mcp.example/mcp",
    "http://S:1/base/,     https://mcp.example/mcp/",
    "http://s:1/other,     https://mcp.example/other",
    "/base/x,              /mcp/x",
    "/basement,            /basement",
    "relative,             relative",
    "http://s:11/base,     http://s:11/base",
    "//s:1/base,           //s:1/base",
    "https://else.example/,https://else.example/",
  })
  void locationNamesThePublicServer_RS21(String location, String expected) {
    assertThat(target("http://s:1/base").publicForm(location)).isEqualTo(expected);
  }

  private static ForwardTarget target(String server) {
    ProtectedResource resource =
        new ProtectedResource(
            ResourceUri.parse("https://mcp.example/mcp").orElseThrow(),
            Scopes.none(),
            Scopes.none());
    return new ForwardTarget(new McpServer(resource, URI.create(server), true));
  }
}
