package io.mcpoauth.servlet.forward;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From public URLs of a resource to URLs of its MCP server and back. */
public final class ForwardTarget {

  private final String publicOrigin;
  private final String resourcePath;
  private final String serverOrigin;
  private final String serverPath;

  /** Where nearly all requests go: the resource itself, read once. */
  private final Optional<URI> endpoint;

  /** The mapping for this MCP server. */
  public ForwardTarget(McpServer server) {
    URI url = server.url();
    this.publicOrigin = server.resource().uri().origin();
    this.resourcePath = server.resource().uri().path();
    this.serverOrigin = url.getScheme() + "://" + url.getRawAuthority();
    String path = withoutTrailingSlash(url.getRawPath());
    this.serverPath = path.isEmpty() ? resourcePath : path;
    this.endpoint =
        RequestPath.isUnambiguous(resourcePath)
            ? Optional.of(URI.create(serverOrigin + serverPath))
            : Optional.empty();
  }

  /** Whether the path is the resource's or below it; compared to the byte. */
  boolean covers(String rawPath) {
    return rawPath.startsWith(resourcePath)
        && (rawPath.length() == resourcePath.length()
            || rawPath.charAt(resourcePath.length()) == '/');
  }

  /** How specific this mapping is: the longest one wins. */
  int specificity() {
    return resourcePath.length();
  }

  /**
   * Where to send a request.
   *
   * @param rawPath a path that this mapping covers
   * @return empty when path or query have no single reading; the answer is 400
   */
  Optional<URI> resolve(String rawPath, @Nullable String rawQuery) {
    if (rawQuery == null && rawPath.equals(resourcePath)) {
      return endpoint;
    }
    if (!RequestPath.isUnambiguous(rawPath)) {
      return Optional.empty();
    }
    String query = withoutAccessToken(rawQuery);
    String path = serverPath + rawPath.substring(resourcePath.length());
    try {
      return Optional.of(new URI(serverOrigin + path + (query.isEmpty() ? "" : "?" + query)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The URL as clients know it, when it names the MCP server; else unchanged. */
  String publicForm(String location) {
    boolean internal = location.regionMatches(true, 0, serverOrigin, 0, serverOrigin.length());
    String rest = internal ? location.substring(serverOrigin.length()) : location;
    if (internal && !rest.isEmpty() && "/?#".indexOf(rest.charAt(0)) < 0) {
      return location;
    }
    if (!internal && (!rest.startsWith("/") || rest.startsWith("//"))) {
      return location;
    }
    return (internal ? publicOrigin : "") + publicPath(rest);
  }

  private String publicPath(String path) {
    boolean below =
        path.startsWith(serverPath)
            && (path.length() == serverPath.length()
                || "/?#".indexOf(path.charAt(serverPath.length())) >= 0);
    return below ? resourcePath + path.substring(serverPath.length()) : path;
  }

  /** A token in the query is ignored, so it must not go on either (RS-07). */
  private static String withoutAccessToken(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return "";
    }
    StringBuilder kept = new StringBuilder(rawQuery.length());
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!isAccessToken(equals < 0 ? pair : pair.substring(0, equals))) {
        kept.append(kept.isEmpty() ? "" : "&").append(pair);
      }
    }
    return kept.toString();
  }

  private static boolean isAccessToken(String rawName) {
    String name = PercentEncoding.decode(rawName);
    return name != null && name.equalsIgnoreCase("access_token");
  }

  private static String withoutTrailingSlash(@Nullable String path) {
    if (path == null) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
