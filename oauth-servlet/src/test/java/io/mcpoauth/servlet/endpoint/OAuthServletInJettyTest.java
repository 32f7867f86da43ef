package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.contract.Container;

class OAuthServletInJettyTest extends OAuthServletContract {

  @Override
  Container newContainer() {
    return Container.jetty("");
  }

  @Override
  String prefix() {
    return "";
  }
}
