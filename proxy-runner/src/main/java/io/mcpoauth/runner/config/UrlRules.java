package io.mcpoauth.runner.config;

import io.mcpoauth.servlet.forward.AllowedOrigins;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which URLs can work. Each method throws an {@link IllegalArgumentException} whose message says
 * what is wrong without quoting the URL, which may hold a password.
 */
final class UrlRules {

  static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
  private static final Pattern DEFAULT_PORT =
      Pattern.compile("^(http://[^:]+):80$|^(https://[^:]+):443$");
  private static final Pattern HOST = Pattern.compile("\\[[0-9a-f:.]+]|[a-z0-9._-]+");
  private static final Pattern ADDRESS_LITERAL = Pattern.compile("\\[.*]|[0-9.]+");

  /** Names and addresses by which clouds hand credentials to whoever asks from inside (CF-05). */
  private static final Set<String> METADATA_HOSTS =
      Set.of("metadata.google.internal", "metadata.goog", "100.100.100.200", "[fd00:ec2::254]");

  private UrlRules() {}

  /** BASE_URL (CF-01; RFC 8414 section 2). */
  static URI baseUrl(String text) {
    URI url = webUrl(text);
    if (url.getScheme().equals("http") && !LOOPBACK_HOSTS.contains(url.getHost())) {
      throw new IllegalArgumentException("it must be https; http is for this machine alone");
    }
    if (url.getRawPath().endsWith("/")) {
      throw new IllegalArgumentException("it must not end with a slash");
    }
    requirePlainPath(url.getRawPath());
    return url;
  }

  /** ROUTE_PREFIX: the empty text, or a path that means the same in every encoding. */
  static String routePrefix(String text) {
    if (text.endsWith("/")) {
      throw new IllegalArgumentException("it must not end with a slash");
    }
    requirePlainPath(text);
    return text;
  }

  /** MCP_SERVER_URL (CF-05). */
  static URI mcpServerUrl(String text) {
    URI url = webUrl(text);
    if (METADATA_HOSTS.contains(url.getHost()) || isLinkLocal(url.getHost())) {
      throw new IllegalArgumentException("link-local and cloud metadata addresses are refused");
    }
    return url;
  }

  /** ALLOWED_HOSTS, in lower case. */
  static Set<String> hosts(String text) {
    Set<String> hosts = SettingParsers.entries(text.toLowerCase(Locale.ROOT));
    if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
      throw new IllegalArgumentException("it holds something that is no host name without a port");
    }
    return hosts;
  }

  /** ALLOWED_ORIGINS, as browsers write them. */
  static AllowedOrigins origins(String text) {
    List<String> origins =
        SettingParsers.entries(text.toLowerCase(Locale.ROOT)).stream()
            .map(DEFAULT_PORT::matcher)
            .map(origin -> origin.replaceFirst("$1$2"))
            .toList();
    if (origins.isEmpty() || !origins.stream().allMatch(AllowedOrigins::isOrigin)) {
      throw new IllegalArgumentException("it holds something that is not scheme://host[:port]");
    }
    return AllowedOrigins.only(origins);
  }

  private static URI webUrl(String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("it is not a URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException("it must begin with https:// or http://");
    }
    if (url.getHost() == null || url.getPort() > 0xffff || url.getPort() == 0) {
      throw new IllegalArgumentException("its host or port is malformed");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("it must not hold a user or password");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException("it must not have a query or fragment");
    }
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return URI.create(
        scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port + url.getRawPath());
  }

  private static void requirePlainPath(String path) {
    if (!PREFIX.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "its path must be /segment[/segment...] of letters, digits and - . _ ~");
    }
    if (Set.of(path.split("/", -1)).contains("..") || Set.of(path.split("/", -1)).contains(".")) {
      throw new IllegalArgumentException("its path must not have the segments . and ..");
    }
  }

  /** Of literals alone: names are for the network to resolve, and may change after this check. */
  private static boolean isLinkLocal(String host) {
    try {
      return ADDRESS_LITERAL.matcher(host).matches()
          && InetAddress.getByName(host).isLinkLocalAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("its host is malformed");
    }
  }
}
