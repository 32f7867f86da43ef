package io.mcpoauth.servlet.internal.page;

import io.mcpoauth.core.protocol.RedirectUri;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What can be said of a client without trusting it. The results still have to be escaped. */
final class ClientNames {

  private ClientNames() {}

  /** What it calls itself; failing that, the host that its id names. */
  static String of(@Nullable String name, String clientId) {
    String host = hostOf(clientId);
    String fallback = host == null ? "An application that is not registered any more" : host;
    return name == null ? fallback : DisplayText.of(name, "An unnamed application");
  }

  /** The host that vouches for a client which is named by a URL; null for any other. */
  static @Nullable String hostOf(String clientId) {
    if (!clientId.startsWith("https://")) {
      return null;
    }
    try {
      return URI.create(clientId).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Where users end up. */
  static String destination(RedirectUri uri) {
    String host = uri.host();
    return switch (uri.kind()) {
      case LOOPBACK -> "this computer (" + host + ")";
      case HTTPS, PLAIN_HTTP -> host == null ? uri.value() : host;
      case PRIVATE_USE_SCHEME -> "the application that opens " + uri.scheme() + ": links";
    };
  }
}
