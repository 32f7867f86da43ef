package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** MCP servers behind a proxy that trusts the company's own authorization server, too. */
class TrustedIssuerOverHttpTest {

  private static final RealParts parts = RealParts.start(() -> {});
  private static final RunningInstance proxy =
      RunningInstance.inProcess(
          parts,
          Map.of(
              "TRUSTED_ISSUERS",
              "corp %s %s/jwks"
                  .formatted(parts.provider().accessTokenIssuer(), parts.provider().issuer())));

  private final String resource = parts.protectedMcpServer().toString();

  @AfterAll
  static void stop() {
    proxy.close();
    parts.close();
  }

  @Test
  void robotWithATokenOfTheCompanysCallsTools_S23() {
    String token = parts.provider().accessToken("robot", resource);

    try (McpConnection mcp = McpConnection.open(parts.protectedMcpServer(), token)) {
      assertThat(mcp.call("whoami", Map.of())).contains("corp:robot");
    }
  }

  @Test
  void tokenOfTheCompanysForSomethingElseIsNoneHere_RS03() {
    assertThat(status(parts.provider().accessToken("robot", "https://elsewhere.example")))
        .isEqualTo(401);
  }

  @Test
  void ourOwnTokensAreAsGoodAsEver_S23() {
    SignedInClient client = SignedInClient.of(parts.protectedMcpServer());
    try (McpConnection mcp =
        McpConnection.open(parts.protectedMcpServer(), client.tokens().accessToken())) {
      assertThat(mcp.call("whoami", Map.of())).contains("zoe-1").doesNotContain("corp:");
    }
  }

  private int status(String token) {
    return new FlowDriver(parts.protectedMcpServer()).callMcp(token).statusCode();
  }
}
