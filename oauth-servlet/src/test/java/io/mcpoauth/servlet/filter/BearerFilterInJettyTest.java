package io.mcpoauth.servlet.filter;

import io.mcpoauth.servlet.contract.Container;

class BearerFilterInJettyTest extends BearerFilterContract {

  @Override
  Container newContainer() {
    return Container.jetty("");
  }
}
