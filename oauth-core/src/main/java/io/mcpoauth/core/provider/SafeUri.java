package io.mcpoauth.core.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which URIs may be told a secret: https ones, and plain http on this very machine (UP-19). */
final class SafeUri {

  private static final Set<String> LOOPBACK_HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");

  private SafeUri() {}

  /** The absolute URI without fragment and user information; empty when it is not a safe one. */
  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean complete =
          uri.getHost() != null
              && uri.getPort() <= 0xffff
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      return complete && (isHttps(uri) || isLoopbackHttp(uri))
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static boolean isHttps(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  private static boolean isLoopbackHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme())
        && LOOPBACK_HOSTS.contains(uri.getHost().toLowerCase(Locale.ROOT));
  }
}
