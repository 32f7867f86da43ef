package io.mcpoauth.core.protocol;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A redirect URI, byte for byte as the client wrote it (OAuth 2.1 section 2.3).
 *
 * @param value absolute, printable ASCII, without fragment, user information, wildcard, backslash
 *     or dot segment
 */
public record RedirectUri(String value) {

  private static final int MAX_LENGTH = 2_000;
  private static final Set<String> LOOPBACK_HOSTS = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final Pattern LOOPBACK_PORT =
      Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]|localhost))(?::[0-9]{1,5})?([/?].*)?");
  private static final Pattern DOT_SEGMENT =
      Pattern.compile("(?:^|/)(?:\\.|%2e){1,2}(?:[/;]|$)", Pattern.CASE_INSENSITIVE);

  /** How far a redirect URI can be trusted to end at the client that registered it. */
  public enum Kind {
    /** Owned by whoever owns the host. */
    HTTPS,
    /** Ends at any program on the user's machine (RFC 8252 section 7.3). */
    LOOPBACK,
    /** Ends at whichever application claimed the scheme (RFC 8252 section 7.1). */
    PRIVATE_USE_SCHEME,
    /** Plain HTTP to another machine: never acceptable. */
    PLAIN_HTTP
  }

  /**
   * @throws IllegalArgumentException when {@link #parse} would be empty
   */
  public RedirectUri {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("not a redirect URI");
    }
  }

  /** Reads a redirect URI; empty when it is malformed in any way that readers could differ on. */
  public static Optional<RedirectUri> parse(String text) {
    return isWellFormed(text) ? Optional.of(new RedirectUri(text)) : Optional.empty();
  }

  /** What kind of place this URI leads to. */
  public Kind kind() {
    return switch (scheme()) {
      case "https" -> Kind.HTTPS;
      case "http" -> isLoopbackHost(host()) ? Kind.LOOPBACK : Kind.PLAIN_HTTP;
      default -> Kind.PRIVATE_USE_SCHEME;
    };
  }

  /** The scheme in lower case. */
  public String scheme() {
    return value.substring(0, value.indexOf(':')).toLowerCase(Locale.ROOT);
  }

  /** The host as written; null where the URI has none ({@code com.example.app:/callback}). */
  public @Nullable String host() {
    return URI.create(value).getHost();
  }

  /**
   * Whether a presented URI is this registered one: equal to the byte, except that the port of a
   * loopback URI is free (OAuth 2.1 section 8.4.2; clients do so for {@code localhost} too).
   */
  public boolean matches(String presented) {
    if (value.equals(presented)) {
      return true;
    }
    var registered = LOOPBACK_PORT.matcher(value);
    var offered = LOOPBACK_PORT.matcher(presented);
    return registered.matches()
        && offered.matches()
        && isWellFormed(presented)
        && registered.group(1).equals(offered.group(1))
        && orEmpty(registered.group(2)).equals(orEmpty(offered.group(2)));
  }

  /**
   * Whether this URI leads to that origin, however either is spelt: with the default port or
   * without, with another name of this machine, with a trailing dot.
   */
  public boolean isOn(URI origin) {
    URI uri = URI.create(value);
    String host = uri.getHost();
    return host != null
        && origin.getHost() != null
        && scheme().equalsIgnoreCase(origin.getScheme())
        && port(uri) == port(origin)
        && sameHostName(host).equals(sameHostName(origin.getHost()));
  }

  /** The URI as written. */
  @Override
  public String toString() {
    return value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int port(URI uri) {
    if (uri.getPort() != -1) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  /** One spelling for all names that lead to the same machine for certain. */
  private static String sameHostName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String undotted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return LOOPBACK_HOSTS.contains(undotted) ? "localhost" : undotted;
  }

  private static boolean isLoopbackHost(@Nullable String host) {
    return host != null && LOOPBACK_HOSTS.contains(host);
  }

  private static boolean isWellFormed(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH || !hasOnlyUriCharacters(text)) {
      return false;
    }
    try {
      URI uri = new URI(text);
      if (!uri.isAbsolute() || uri.isOpaque() || uri.getRawFragment() != null) {
        return false;
      }
      boolean web =
          uri.getScheme().equalsIgnoreCase("http") || uri.getScheme().equalsIgnoreCase("https");
      return uri.getRawUserInfo() == null
          && (!web || (uri.getHost() != null && uri.getPort() <= 65_535))
          && (uri.getRawAuthority() == null || !uri.getRawAuthority().contains("@"))
          && !DOT_SEGMENT.matcher(uri.getRawPath()).find();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Control characters, spaces, backslashes and non-ASCII are read differently by browsers. */
  private static boolean hasOnlyUriCharacters(String text) {
    return text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\' && c != '*' && c != '#');
  }
}
