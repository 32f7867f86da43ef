package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.contract.Container;

class OAuthServletInTomcatTest extends OAuthServletContract {

  @Override
  Container newContainer() {
    return Container.tomcat("");
  }

  @Override
  String prefix() {
    return "";
  }
}
