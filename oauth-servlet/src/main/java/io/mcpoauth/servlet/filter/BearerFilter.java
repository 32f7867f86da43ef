package io.mcpoauth.servlet.filter;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.setup.PublishedServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets only requests with a good bearer token through to an application.
 *
 * <p>Map it to the application's paths, with {@code asyncSupported} when the application streams.
 * The application sees the user in {@code getUserPrincipal()} ({@link UserPrincipal}) and {@code
 * getRemoteUser()}, the token's scopes in {@code isUserInRole(scope)}, and everything in the
 * request attribute {@link #GRANTED}. It does not see the token, nor any identity field of the
 * client.
 */
public final class BearerFilter extends HttpFilter {

  /** The request attribute that holds the {@link Granted} decision. */
  public static final String GRANTED = Granted.class.getName();

  /**
   * The init parameter that names the protected resource by its path on the server's origin, for
   * example {@code /mcp}. It may be left out where the server has one resource only.
   */
  public static final String RESOURCE = "resource";

  private static final long serialVersionUID = 1L;

  private transient @Nullable Doorkeeper doorkeeper;

  /**
   * For {@code web.xml}: a filter for a resource of the {@link PublishedServer}, the one that the
   * init parameter {@link #RESOURCE} names.
   */
  public BearerFilter() {}

  /**
   * A filter for one resource of the server.
   *
   * @param resource what this filter stands in front of: tokens must be meant for it
   * @param random for error ids and the jitter of {@code Retry-After}
   */
  public BearerFilter(AuthorizationServer server, ProtectedResource resource, SecretSource random) {
    if (!server.settings().resources().contains(resource)) {
      throw new IllegalArgumentException("the resource is none of this server's");
    }
    this.doorkeeper = new Doorkeeper(server, resource, random);
  }

  @Override
  public void init() throws ServletException {
    if (doorkeeper == null) {
      AuthorizationServer server = PublishedServer.in(getServletContext());
      doorkeeper = new Doorkeeper(server, resource(server.settings()), SecretSource.system());
    }
  }

  private ProtectedResource resource(ServerSettings settings) throws ServletException {
    String path = getInitParameter(RESOURCE);
    if (path == null && settings.resources().size() == 1) {
      return settings.resources().get(0);
    }
    return Optional.ofNullable(path)
        .flatMap(settings::resourceAt)
        .orElseThrow(
            () ->
                new ServletException(
                    "The filter's init parameter \"%s\" must be the path of a protected resource"
                        .formatted(RESOURCE)));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Objects.requireNonNull(doorkeeper, "the filter was not initialized")
        .admit(request, response, chain);
  }
}
