package io.mcpoauth.servlet;

import io.mcpoauth.core.contract.PublicApi;
import io.mcpoauth.core.contract.PublicApiContract;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.filter.BearerFilter;
import io.mcpoauth.servlet.filter.UserPrincipal;
import io.mcpoauth.servlet.proxy.McpProxyServlet;
import io.mcpoauth.servlet.setup.PublishedServer;
import java.util.Set;

class ServletApiTest extends PublicApiContract {

  private static final PublicApi API =
      PublicApi.of(
          type -> type.getName().startsWith("io.mcpoauth.servlet."),
          OAuthServlet.class,
          BearerFilter.class,
          UserPrincipal.class,
          McpProxyServlet.class,
          PublishedServer.class);

  /** What reads that part of the API which is not public. */
  static final Set<String> PUBLIC_BESIDE = Set.of("io.mcpoauth.servlet.forward.ForwardAuth");

  @Override
  protected PublicApi api() {
    return API;
  }

  @Override
  protected String module() {
    return "oauth-servlet";
  }

  @Override
  protected Set<String> expectedForeignTypes() {
    return Set.of(
        "jakarta.servlet.FilterChain",
        "jakarta.servlet.ServletContext",
        "jakarta.servlet.http.HttpFilter",
        "jakarta.servlet.http.HttpServlet",
        "jakarta.servlet.http.HttpServletRequest",
        "jakarta.servlet.http.HttpServletResponse");
  }

  @Override
  protected Set<String> publicBeside() {
    return PUBLIC_BESIDE;
  }
}
