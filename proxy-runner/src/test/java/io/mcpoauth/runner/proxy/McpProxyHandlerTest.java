package io.mcpoauth.runner.proxy;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.servlet.contract.ProxyEngineContract;
import io.mcpoauth.servlet.forward.McpGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.DefaultHandler;

class McpProxyHandlerTest extends ProxyEngineContract {

  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty, 1, 1);

  McpProxyHandlerTest() {
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    try {
      connector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected int port() {
    return connector.getLocalPort();
  }

  @Override
  protected void start(McpGate gate, AuthorizationServer server) throws Exception {
    jetty.setHandler(new McpProxyHandler(gate, new ProxyHttpClient(), new DefaultHandler()));
    jetty.start();
  }

  @Override
  protected void stop() throws Exception {
    jetty.stop();
  }
}
