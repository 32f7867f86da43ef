package io.mcpoauth.servlet.parse;

import io.mcpoauth.core.ServerSettings;
import jakarta.servlet.http.HttpServletRequest;

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

  /** The path below the issuer; paths that are not below it stay whole. */
  public static String belowIssuer(HttpServletRequest request, ServerSettings settings) {
    String path = of(request, settings);
    String prefix = settings.pathPrefix();
    return !prefix.isEmpty() && path.startsWith(prefix + "/")
        ? path.substring(prefix.length())
        : path;
  }
}
