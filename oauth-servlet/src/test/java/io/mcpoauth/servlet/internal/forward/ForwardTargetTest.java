package io.mcpoauth.servlet.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.servlet.forward.McpServer;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {"a=|", "a=\u00e9", "a=\ufffd", "a=\u010aX:1", "a=\u0085", "a= b", "\u007f"})
  void queryThatCannotBeSentOnAsItCameIsRefused_RS16(String query) {
    assertThat(target("http://s").resolve("/mcp", query)).isEqualTo(Optional.empty());
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
