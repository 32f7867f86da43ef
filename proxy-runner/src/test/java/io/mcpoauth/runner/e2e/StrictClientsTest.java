package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.jdbc.Needed;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.runner.command.CommandLineRun;
import io.mcpoauth.runner.demo.DemoClient;
import io.mcpoauth.runner.demo.DemoSignInProvider;
import io.mcpoauth.runner.demo.SampleMcpServer;
import io.mcpoauth.servlet.contract.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OAuth clients of strangers that check whatever they can: examples/strict-clients. */
class StrictClientsTest {

  private static final Path FOLDER = Path.of("..", "examples", "strict-clients");

  @BeforeAll
  static void clientsAreInstalled() {
    Needed.orSkip(
        Files.isDirectory(FOLDER.resolve("node_modules")),
        "needs Node.js, and `npm install` in examples/strict-clients");
  }

  /** With a path in the issuer, where the forms of the well-known addresses differ most. */
  @Test
  void strictClientsFindNothingToRefuse_MD03_MD05_MD06(@TempDir Path folder) throws Exception {
    String prefix = "/tenants/one";
    int port = FreePorts.next(3);
    URI proxy = URI.create("http://localhost:" + port);
    Secret secret = SecretSource.system().secret();
    DemoClient registered =
        new DemoClient("proxy", secret, Set.of(URI.create(proxy + prefix + "/callback")));
    try (SampleMcpServer mcpServer = SampleMcpServer.start(loopback(port + 1));
        DemoSignInProvider provider =
            DemoSignInProvider.start(
                loopback(port + 2),
                registered,
                folder.resolve("key"),
                InstantSource.system(),
                SecretSource.system())) {
      Map<String, String> settings = new HashMap<>();
      settings.put("BASE_URL", proxy.toString());
      settings.put("ROUTE_PREFIX", prefix);
      settings.put("PORT", Integer.toString(port));
      settings.put("MCP_SERVER_URL", mcpServer.endpoint().toString());
      settings.put("SCOPES_SUPPORTED", "openid,profile,email");
      settings.put("OAUTH_AUTHORIZE_URL", provider.issuer().toString());
      settings.put("OAUTH_CLIENT_ID", "proxy");
      settings.put("OAUTH_CLIENT_SECRET", secret.expose());
      settings.put("DATABASE_DSN", TestPostgres.emptyDatabase().dsnText());
      settings.put("ENCRYPTION_KEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
      try (RunningInstance instance = RunningInstance.inProcess(settings, proxy)) {
        assertThat(instance).isNotNull();
        assertThat(clients(proxy + prefix + "/mcp", resourceServer(settings)))
            .contains("oauth4webapi, private_key_jwt: passed")
            .endsWith("All passed.\n");
      }
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static JsonNode resourceServer(Map<String, String> settings) throws IOException {
    CommandLineRun made =
        CommandLineRun.of(settings, "create-client", "--name", "Reports", "--resource-server");
    return new ObjectMapper().readTree(made.out());
  }

  private static String clients(String mcpServer, JsonNode resourceServer) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("node", "index.mjs", mcpServer)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true);
    builder.environment().put("RESOURCE_SERVER_ID", resourceServer.path("client_id").asText());
    builder
        .environment()
        .put("RESOURCE_SERVER_SECRET", resourceServer.path("client_secret").asText());
    Process node = builder.start();
    node.getOutputStream().close();
    String output = new String(node.getInputStream().readAllBytes(), UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
