package io.mcpoauth.examples.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.SignInProvider;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official SDK's client goes through sign-in in the Tomcat of the class path. */
class TomcatExampleTest {

  private static final SignInProvider provider = SignInProvider.start();

  private final Path base;

  TomcatExampleTest(@TempDir Path base) {
    this.base = base;
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @Test
  void theTomcatOfThisRunIsTheOneThatItsSettingsName() {
    assertThat(ServerInfo.getServerNumber())
        .startsWith(System.getProperty("tomcat.version", "unknown"));
  }

  @Test
  void theApplicationOfWebXmlLearnsWhoTheUserIs_S19() throws Exception {
    try (EmbeddedTomcat tomcat = EmbeddedTomcat.ofWebXml(base, provider.issuer())) {
      assertThatAClientSignsIn(tomcat);
    }
  }

  @Test
  void theApplicationThatRegistersItsPartsLearnsWhoTheUserIs_S19() throws Exception {
    try (EmbeddedTomcat tomcat = EmbeddedTomcat.ofListener(base, provider.issuer())) {
      assertThatAClientSignsIn(tomcat);
    }
  }

  @Test
  void webXmlLeavesNoEndpointOut() throws Exception {
    try (EmbeddedTomcat tomcat = EmbeddedTomcat.ofWebXml(base, provider.issuer())) {
      assertThat(tomcat.mappingsOf("oauth"))
          .containsExactlyInAnyOrderElementsOf(OAuthServlet.URL_PATTERNS);
    }
  }

  private static void assertThatAClientSignsIn(EmbeddedTomcat tomcat) {
    Tokens tokens = SignedInClient.of(tomcat.mcpServer()).tokens();
    try (McpConnection mcp = McpConnection.open(tomcat.mcpServer(), tokens.accessToken())) {
      assertThat(mcp.call("whoami", Map.of()))
          .isEqualTo(
              "user zoe-1, principal zoe-1, e-mail zoe@example.com, may read mail true,"
                  + " is administrator false, client known true");
    }
  }
}
