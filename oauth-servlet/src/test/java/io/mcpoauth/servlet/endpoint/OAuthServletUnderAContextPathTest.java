package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.contract.Container;

class OAuthServletUnderAContextPathTest extends OAuthServletContract {

  @Override
  Container newContainer() {
    return Container.tomcat("/auth");
  }

  @Override
  String prefix() {
    return "/auth";
  }
}
