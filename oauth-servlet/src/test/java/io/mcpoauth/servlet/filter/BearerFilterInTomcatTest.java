package io.mcpoauth.servlet.filter;

import io.mcpoauth.servlet.contract.Container;

class BearerFilterInTomcatTest extends BearerFilterContract {

  @Override
  Container newContainer() {
    return Container.tomcat("");
  }
}
