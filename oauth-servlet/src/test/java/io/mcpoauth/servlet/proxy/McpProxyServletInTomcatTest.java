package io.mcpoauth.servlet.proxy;

import io.mcpoauth.servlet.contract.Container;

class McpProxyServletInTomcatTest extends ServletEngineContract {

  @Override
  Container newContainer() {
    return Container.tomcat("");
  }
}
