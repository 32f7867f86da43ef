package io.mcpoauth.core.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The canonical URI of a protected resource (RFC 8707 section 2, MCP authorization "Canonical
 * Server URI"): scheme and host in lower case, no default port, no trailing slash.
 *
 * @param value the canonical form, which is also the {@code aud} of access tokens
 */
public record ResourceUri(String value) {

  /** As long as browsers and servers take URLs; reading more would only cost time (DS-09). */
  private static final int MAX_LENGTH = 2_000;

  /**
   * @throws IllegalArgumentException when the value is not in canonical form
   */
  public ResourceUri {
    if (!canonicalForm(value).map(value::equals).orElse(false)) {
      throw new IllegalArgumentException("not a canonical resource URI");
    }
  }

  /**
   * Reads a resource indicator, forgiving upper case in scheme and host, the default port and one
   * trailing slash.
   *
   * @return empty when it is not an absolute http(s) URI of at most 2,000 characters, has a
   *     fragment, query or user information, or ends with two slashes
   */
  public static Optional<ResourceUri> parse(String text) {
    return canonicalForm(text).map(ResourceUri::new);
  }

  /** Scheme, host and port: what {@code Origin} headers are made of. */
  public String origin() {
    URI uri = URI.create(value);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }

  /** The path, {@code ""} when there is none. */
  public String path() {
    return URI.create(value).getRawPath();
  }

  /** The canonical form. */
  @Override
  public String toString() {
    return value;
  }

  private static Optional<String> canonicalForm(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      if (uri.getScheme() == null || uri.getHost() == null || hasForeignParts(uri)) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("https") && !scheme.equals("http")) {
        return Optional.empty();
      }
      String path = uri.getRawPath();
      String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
      if (trimmed.endsWith("/")) {
        return Optional.empty();
      }
      return Optional.of(
          scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port(scheme, uri) + trimmed);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean hasForeignParts(URI uri) {
    return uri.getRawFragment() != null
        || uri.getRawQuery() != null
        || uri.getRawUserInfo() != null;
  }

  private static String port(String scheme, URI uri) {
    int standard = scheme.equals("https") ? 443 : 80;
    return uri.getPort() == -1 || uri.getPort() == standard ? "" : ":" + uri.getPort();
  }
}
