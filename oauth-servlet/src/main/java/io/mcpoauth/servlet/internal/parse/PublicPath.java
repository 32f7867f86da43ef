package io.mcpoauth.servlet.internal.parse;

import io.mcpoauth.core.ServerSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The path of a request as clients see it, byte for byte: aliases such as {@code /%74oken} or
 * {@code /token;a} must stay visible, so that they match nothing (HP-18).
 */
public final class PublicPath {

  private PublicPath() {}

  /**
   * The path below the issuer's origin. A context path that is not part of the issuer's path is
   * taken for the work of a reverse proxy and replaced by the issuer's.
   */
  public static String of(HttpServletRequest request, ServerSettings settings) {
    String uri = request.getRequestURI();
    String context = request.getContextPath();
    String prefix = settings.pathPrefix();
    boolean visible =
        context.isEmpty() || prefix.equals(context) || prefix.startsWith(context + "/");
    return visible ? uri : prefix + uri.substring(context.length());
  }

  /**
   * The path below the issuer. Well-known paths stand at the root of the host as well (RFC 8414
   * section 3.1), and probes look there for health; nothing else does (HP-18).
   *
   * @return empty when it is no path of ours
   */
  public static Optional<String> belowIssuer(HttpServletRequest request, ServerSettings settings) {
    String path = of(request, settings);
    String prefix = settings.pathPrefix();
    if (path.startsWith(prefix + "/")) {
      return Optional.of(path.substring(prefix.length()));
    }
    return path.startsWith("/.well-known/") || path.equals("/health") || path.startsWith("/health/")
        ? Optional.of(path)
        : Optional.empty();
  }
}
