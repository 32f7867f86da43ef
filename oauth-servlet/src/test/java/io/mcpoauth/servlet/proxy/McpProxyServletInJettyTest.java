package io.mcpoauth.servlet.proxy;

import io.mcpoauth.servlet.contract.Container;

class McpProxyServletInJettyTest extends ServletEngineContract {

  @Override
  Container newContainer() {
    return Container.jetty("");
  }
}
