package io.mcpoauth.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceUriTest {

  @ParameterizedTest
  @CsvSource({
    "https://mcp.example/mcp, https://mcp.example/mcp",
    "https://mcp.example/mcp/, https://mcp.example/mcp",
    "HTTPS://MCP.Example/MCP, https://mcp.example/MCP",
    "https://mcp.example:443/mcp, https://mcp.example/mcp",
    "http://localhost:80, http://localhost",
    "https://mcp.example:8443/, https://mcp.example:8443",
    "http://[::1]:3000/mcp, http://[::1]:3000/mcp"
  })
  void spellingIsForgiven_AZ26(String text, String canonical) {
    assertThat(ResourceUri.parse(text).orElseThrow()).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mcp",
        "/mcp",
        "//mcp.example/mcp",
        "https:mcp",
        "https:///mcp",
        "https://mcp.example/mcp#",
        "https://mcp.example/mcp#x",
        "https://mcp.example/mcp?x=1",
        "https://user@mcp.example/mcp",
        "https://mcp.example//",
        "https://mcp.example/mcp//",
        "https://mcp.example/ mcp",
        "https://mcp.example/%",
        "javascript:alert(1)",
        "ftp://mcp.example/mcp",
        "urn:mcp"
      })
  void everythingElseIsNoResource_AZ27(String text) {
    assertThat(ResourceUri.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://mcp.example:8443/a/b, https://mcp.example:8443, /a/b",
    "https://mcp.example, https://mcp.example, ''"
  })
  void originAndPathAreItsParts(String text, String origin, String path) {
    assertThat(new ResourceUri(text).origin()).isEqualTo(origin);
    assertThat(new ResourceUri(text).path()).isEqualTo(path);
  }
}
