package io.mcpoauth.servlet.flow;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A browser's cookies (RFC 6265, with the prefixes and SameSite of RFC 6265bis), as strict as
 * browsers are and then some: a cookie that a browser would drop or repair is an error here.
 * Cookies live as long as the jar; only a {@code Max-Age} of 0 ends one.
 */
final class CookieJar {

  private static final Set<String> ATTRIBUTES =
      Set.of("path", "secure", "httponly", "samesite", "max-age");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
  private static final Pattern VALUE = Pattern.compile("[!#-+\\--:<-\\[\\]-~]*");

  private record Key(String host, String path, String name) {}

  private record Cookie(String value, boolean secure, boolean lax) {}

  private final Map<Key, Cookie> cookies = new LinkedHashMap<>();

  /** Takes what a response sets. */
  void store(URI from, List<String> setCookieFields) {
    for (String field : setCookieFields) {
      store(from, field);
    }
  }

  /**
   * The {@code Cookie} fields for a top-level navigation.
   *
   * @param crossSitePost whether another site's page submits a form with POST
   */
  List<String> fieldsFor(URI target, boolean crossSitePost) {
    List<String> pairs = new ArrayList<>();
    cookies.forEach(
        (key, cookie) -> {
          if (key.host().equals(host(target))
              && covers(key.path(), target.getRawPath())
              && (!cookie.secure() || isSecure(target))
              && !(cookie.lax() && crossSitePost)) {
            pairs.add(key.name() + "=" + cookie.value());
          }
        });
    return pairs.isEmpty() ? List.of() : List.of(String.join("; ", pairs));
  }

  /** The names of the cookies that this host has set. */
  List<String> namesOf(URI site) {
    return cookies.keySet().stream()
        .filter(key -> key.host().equals(host(site)))
        .map(Key::name)
        .toList();
  }

  private void store(URI from, String field) {
    String[] parts = field.split(";", -1);
    int equals = parts[0].indexOf('=');
    require(equals > 0, "no name", field);
    String name = parts[0].substring(0, equals);
    String value = parts[0].substring(equals + 1);
    require(NAME.matcher(name).matches(), "an odd name", field);
    require(VALUE.matcher(value).matches(), "an odd value", field);
    Map<String, String> attributes = attributes(parts, field);
    boolean secure = attributes.containsKey("secure");
    require(!secure || isSecure(from), "Secure from an insecure origin", field);
    if (name.startsWith("__Host-")) {
      require(secure && "/".equals(attributes.get("path")), "a broken __Host- prefix", field);
    }
    String sameSite = attributes.getOrDefault("samesite", "Lax");
    require(Set.of("Lax", "Strict", "None").contains(sameSite), "an odd SameSite", field);
    Key key = new Key(host(from), attributes.getOrDefault("path", "/"), name);
    if ("0".equals(attributes.get("max-age"))) {
      cookies.remove(key);
    } else {
      cookies.put(key, new Cookie(value, secure, !sameSite.equals("None")));
    }
  }

  private static Map<String, String> attributes(String[] parts, String field) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].strip().split("=", 2);
      String name = pair[0].toLowerCase(Locale.ROOT);
      require(ATTRIBUTES.contains(name), "an attribute we do not expect", field);
      String before = attributes.put(name, pair.length == 2 ? pair[1] : "");
      require(before == null, "an attribute twice", field);
    }
    return attributes;
  }

  /** RFC 6265 section 5.1.4. */
  private static boolean covers(String cookiePath, String path) {
    return path.equals(cookiePath)
        || (path.startsWith(cookiePath)
            && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
  }

  /** Browsers trust their own machine as if it had a certificate. */
  private static boolean isSecure(URI uri) {
    return "https".equals(uri.getScheme()) || Set.of("localhost", "127.0.0.1").contains(host(uri));
  }

  private static String host(URI uri) {
    return uri.getHost().toLowerCase(Locale.ROOT);
  }

  private static void require(boolean condition, String flaw, String field) {
    if (!condition) {
      throw new AssertionError("Set-Cookie has " + flaw + ": " + field);
    }
  }
}
