package io.mcpoauth.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

  private static ServerSettings settings(String issuer) {
    return new ServerSettings(
        URI.create(issuer),
        List.of(
            new ProtectedResource(
                new ResourceUri("https://proxy.example/mcp"), Scopes.none(), Scopes.none())),
        Scopes.none(),
        Lifetimes.standard());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example/",
        "https://proxy.example/base/",
        "https://proxy.example?x",
        "https://proxy.example#x",
        "https://user@proxy.example",
        "http://proxy.example",
        "http://localhost.evil.example",
        "proxy.example",
        "mailto:a@b.example",
        "ftp://proxy.example"
      })
  void issuerThatCannotWorkIsRefused_CF01_MD12_MCP50(String issuer) {
    assertThatThrownBy(() -> settings(issuer)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://proxy.example/base", "http://localhost:8080", "http://[::1]:8080"})
  void issuerIsHttpsOrOnLoopback_CF01_MD12_MCP50(String issuer) {
    assertThat(settings(issuer).endpoint("/token")).isEqualTo(issuer + "/token");
  }

  @Test
  void scopesFitIntoATokenTogether() {
    Scopes many =
        new Scopes(IntStream.range(0, 100).mapToObj(i -> "a-rather-long-scope-" + i).toList());
    ProtectedResource resource =
        new ProtectedResource(new ResourceUri("https://proxy.example/mcp"), many, Scopes.none());

    assertThatThrownBy(
            () ->
                new ServerSettings(
                    URI.create("https://proxy.example"),
                    List.of(resource),
                    many,
                    Lifetimes.standard()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2000 characters");
  }

  @Test
  void refreshTokensOutliveAccessTokens_CF06() {
    Duration hour = Duration.ofHours(1);

    assertThatThrownBy(
            () ->
                new Lifetimes(
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    hour,
                    hour.minusSeconds(1),
                    hour,
                    Duration.ofSeconds(60)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("idle refresh token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/mcp/"})
  void resourceIsFoundByItsPath(String path) {
    assertThat(settings("https://proxy.example").resourceAt(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/mcp//", "/mcp/x", "/mcp?x", "/%"})
  void otherPathsAreNoResource_MD07(String path) {
    assertThat(settings("https://proxy.example").resourceAt(path)).isEmpty();
  }
}
