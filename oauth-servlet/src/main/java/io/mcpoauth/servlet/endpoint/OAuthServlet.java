package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.setup.PublishedServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints of the authorization server. Map it to {@link #URL_PATTERNS}, or to {@code /*}
 * where nothing else lives, in an application at any context path.
 */
public final class OAuthServlet extends HttpServlet {

  /** Where to map this servlet, relative to the issuer's path. */
  public static final List<String> URL_PATTERNS =
      List.of(
          "/authorize",
          "/consent",
          "/callback/*",
          "/account/*",
          "/token",
          "/revoke",
          "/introspect",
          "/register/*",
          "/jwks",
          "/health/*",
          "/.well-known/oauth-authorization-server/*",
          "/.well-known/openid-configuration/*",
          "/.well-known/oauth-protected-resource/*");

  private static final long serialVersionUID = 1L;

  private transient @Nullable Dispatcher dispatcher;

  /** For {@code web.xml}: the endpoints of the {@link PublishedServer}, with standard limits. */
  public OAuthServlet() {}

  /**
   * The endpoints of this server, with the standard limits.
   *
   * @param random for error ids and the jitter of {@code Retry-After}
   */
  public OAuthServlet(AuthorizationServer server, SecretSource random) {
    this(server, random, AddressLimits.standard());
  }

  /**
   * The endpoints of this server.
   *
   * @param random for error ids and the jitter of {@code Retry-After}
   * @param limits how many requests are taken from one place
   */
  public OAuthServlet(AuthorizationServer server, SecretSource random, AddressLimits limits) {
    this.dispatcher = new Dispatcher(server, random, limits);
  }

  @Override
  public void init() throws ServletException {
    if (dispatcher == null) {
      dispatcher =
          new Dispatcher(
              PublishedServer.in(getServletContext()),
              SecretSource.system(),
              AddressLimits.standard());
    }
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Objects.requireNonNull(dispatcher, "the servlet was not initialized").answer(request, response);
  }
}
