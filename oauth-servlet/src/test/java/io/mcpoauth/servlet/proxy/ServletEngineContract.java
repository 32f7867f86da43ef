package io.mcpoauth.servlet.proxy;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.ProxyEngineContract;
import io.mcpoauth.servlet.forward.McpGate;
import java.util.List;

/** The servlet engine in some container. */
abstract class ServletEngineContract extends ProxyEngineContract {

  private final Container container = newContainer();

  abstract Container newContainer();

  @Override
  protected int port() {
    return container.port();
  }

  @Override
  protected void start(McpGate gate, AuthorizationServer server) throws Exception {
    container.addServlet(
        new McpProxyServlet(
            gate,
            server.settings(),
            McpProxyServlet.newHttpClient(),
            McpProxyServlet.STANDARD_PROBE_INTERVAL,
            answerLimit()),
        List.of("/mcp", "/mcp/*"));
    container.start();
  }

  @Override
  protected void stop() throws Exception {
    container.stop();
  }
}
