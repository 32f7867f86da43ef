package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.core.model.ProtectedResource;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of URLs in an MCP server's answers (RS-21): those of the server itself are those of
 * the resource to clients, and other hosts of its network are not told.
 */
public final class ReturnedUrls {

  private static final Pattern METADATA =
      Pattern.compile(
          "\\bresource_metadata\\s*=\\s*(?:\"[^\"]*\"?|[^\\s,]*)", Pattern.CASE_INSENSITIVE);

  /** An authority in running text, with what stands before it. */
  private static final Pattern AUTHORITY = Pattern.compile("(?:^|[:<\"'=, ])//([^/?#\"'<>, ;)]*)");

  private final String publicOrigin;
  private final String resourcePath;
  private final String metadata;
  private final String serverScheme;
  private final String serverPath;
  private final @Nullable UrlHost publicHost;
  private final @Nullable UrlHost server;

  /**
   * The mapping for an MCP server.
   *
   * @param url where it is
   * @param serverPath its path, in place of the resource's
   */
  ReturnedUrls(ProtectedResource resource, URI url, String serverPath) {
    this.publicOrigin = resource.uri().origin();
    this.resourcePath = resource.uri().path();
    this.metadata = Matcher.quoteReplacement("resource_metadata=\"" + resource.metadataUrl() + '"');
    this.serverScheme = url.getScheme();
    this.serverPath = serverPath;
    this.publicHost = UrlHost.of(URI.create(publicOrigin).getRawAuthority());
    this.server = UrlHost.of(url.getRawAuthority());
  }

  /** The URL as clients may see it; null when they may not. */
  @Nullable String publicForm(String url) {
    if (url.indexOf('\\') >= 0 || url.indexOf('\t') >= 0) {
      // Browsers read a slash, or nothing, so that a path may be a host.
      return null;
    }
    int slashes = url.startsWith("//") ? 0 : authorityAt(url);
    if (slashes < 0) {
      return isRelative(url) ? publicPath(url) : null;
    }
    int end = endOfAuthority(url, slashes + 2);
    UrlHost host = UrlHost.of(url.substring(slashes + 2, end));
    if (host == null) {
      return null;
    }
    String scheme = slashes == 0 ? serverScheme : url.substring(0, slashes - 1);
    if (isServer(host, scheme)) {
      return publicOrigin + publicPath(url.substring(end));
    }
    return isInternal(host) ? null : url;
  }

  /**
   * A challenge as clients may see it; null when they may not. It may ask for what the MCP server
   * wants, but only our metadata is that of the URL by which clients know it: they must not take
   * any other (RFC 9728 section 3.3).
   */
  @Nullable String publicChallenge(String challenge) {
    String ours = METADATA.matcher(challenge).replaceAll(metadata);
    return areInternalIn(ours) ? null : ours;
  }

  /** Whether a text has a URL of a host that clients must not learn of. */
  boolean areInternalIn(String text) {
    for (Matcher found = AUTHORITY.matcher(text); found.find(); ) {
      UrlHost host = UrlHost.of(found.group(1));
      if (host == null || isServer(host, serverScheme) || isInternal(host)) {
        return true;
      }
    }
    return false;
  }

  /** Frameworks believe {@code X-Forwarded-Proto} and so write the scheme that clients used. */
  private boolean isServer(UrlHost host, String scheme) {
    return server != null
        && host.name().equals(server.name())
        && (host.port() == server.port() || host.port(scheme) == server.port(serverScheme));
  }

  private boolean isInternal(UrlHost host) {
    if (host.equals(publicHost)) {
      return false;
    }
    return host.isInternal() || (server != null && host.name().equals(server.name()));
  }

  private String publicPath(String path) {
    boolean below =
        path.startsWith(serverPath)
            && (path.length() == serverPath.length()
                || "/?#".indexOf(path.charAt(serverPath.length())) >= 0);
    return below ? resourcePath + path.substring(serverPath.length()) : path;
  }

  /** Where the slashes before the authority of an http(s) URL are; -1 when it is none. */
  private static int authorityAt(String url) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length() - 2;
      }
    }
    return -1;
  }

  /** RFC 3986 section 4.2: no colon before the first slash. */
  private static boolean isRelative(String url) {
    int colon = url.indexOf(':');
    return colon < 0 || endOfAuthority(url, 0) < colon;
  }

  private static int endOfAuthority(String url, int from) {
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
