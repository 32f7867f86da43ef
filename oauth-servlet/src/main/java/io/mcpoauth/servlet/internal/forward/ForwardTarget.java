package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.servlet.forward.McpServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From public URLs of a resource to URLs of its MCP server. */
public final class ForwardTarget {

  private final String resourcePath;
  private final String serverOrigin;
  private final String serverPath;
  private final ReturnedUrls returnedUrls;

  /** Where nearly all requests go: the resource itself, read once. */
  private final Optional<URI> endpoint;

  /** The mapping for this MCP server. */
  public ForwardTarget(McpServer server) {
    URI url = server.url();
    this.resourcePath = server.resource().uri().path();
    this.serverOrigin = url.getScheme() + "://" + url.getRawAuthority();
    String path = withoutTrailingSlash(url.getRawPath());
    this.serverPath = path.isEmpty() ? resourcePath : path;
    this.returnedUrls = new ReturnedUrls(server.resource(), url, serverPath);
    this.endpoint =
        RequestPath.isUnambiguous(resourcePath)
            ? Optional.of(URI.create(serverOrigin + serverPath))
            : Optional.empty();
  }

  /** Whether the path is the resource's or below it; compared to the byte. */
  public boolean covers(String rawPath) {
    return rawPath.startsWith(resourcePath)
        && (rawPath.length() == resourcePath.length()
            || rawPath.charAt(resourcePath.length()) == '/');
  }

  /** Where requests to the resource itself go. */
  public URI endpoint() {
    return URI.create(serverOrigin + serverPath);
  }

  /** How specific this mapping is: the longest one wins. */
  public int specificity() {
    return resourcePath.length();
  }

  /**
   * Where to send a request.
   *
   * @param rawPath a path that this mapping covers
   * @return empty when path or query have no single reading; the answer is 400
   */
  public Optional<URI> resolve(String rawPath, @Nullable String rawQuery) {
    if (rawQuery == null && rawPath.equals(resourcePath)) {
      return endpoint;
    }
    if (!RequestPath.isUnambiguous(rawPath) || !isVisibleAscii(rawQuery)) {
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

  /** What to make of URLs in the MCP server's answers. */
  public ReturnedUrls returnedUrls() {
    return returnedUrls;
  }

  /** Engines decode other bytes each in their way, and could not send the same on (RS-16). */
  private static boolean isVisibleAscii(@Nullable String rawQuery) {
    return rawQuery == null || rawQuery.chars().allMatch(c -> c > 0x20 && c < 0x7f);
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
