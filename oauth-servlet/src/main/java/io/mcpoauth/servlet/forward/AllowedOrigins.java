package io.mcpoauth.servlet.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the MCP servers (Fetch "CORS protocol"), never with credentials of
 * the browser: a bearer token is something that a page has to hold itself.
 */
public final class AllowedOrigins {

  private static final String EXPOSED =
      "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After";
  private static final List<String> ALLOWED_HEADERS =
      List.of(
          "Authorization",
          "Content-Type",
          "Accept",
          "Last-Event-ID",
          "Mcp-Session-Id",
          "MCP-Protocol-Version",
          "Mcp-Method",
          "Mcp-Name");
  private static final int MAX_REQUESTED_HEADERS = 100;

  /** Scheme, host and port as browsers write them (HTML Living Standard, 7.1.1). */
  private static final Pattern SERIALIZED =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[^\\s/?#@:\\[\\]]+)(:[0-9]{1,5})?");

  private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Predicate<String> rule;
  private final boolean everyPage;

  private AllowedOrigins(Predicate<String> rule, boolean everyPage) {
    this.rule = rule;
    this.everyPage = everyPage;
  }

  /** Every page. Only where something else keeps DNS rebinding out. */
  public static AllowedOrigins any() {
    return new AllowedOrigins(origin -> true, true);
  }

  /**
   * Every page that can be told from one whose name was made to lead to our address (RS-14): those
   * that came by https, that this machine serves itself, or that belong to an application ({@code
   * vscode-webview:} and the like). Refused are pages that came by plain http, and sandboxed ones,
   * whose origin is {@code null}.
   */
  public static AllowedOrigins standard() {
    return new AllowedOrigins(AllowedOrigins::isTellable, false);
  }

  /**
   * These pages and no others.
   *
   * @param origins serialized origins, {@code https://host[:port]}, at least one
   */
  public static AllowedOrigins only(List<String> origins) {
    if (origins.isEmpty()) {
      throw new IllegalArgumentException("at least one origin is needed");
    }
    return new AllowedOrigins(Set.copyOf(origins)::contains, false);
  }

  /** Whether a text is an origin as browsers write it, and not {@code null}. */
  public static boolean isOrigin(String text) {
    return SERIALIZED.matcher(text).matches();
  }

  /** Whether a request with this {@code Origin} may pass; requests without one always may. */
  boolean allows(@Nullable String origin) {
    return origin == null || rule.test(origin);
  }

  /** The fields of an answer to a request with that {@code Origin}. */
  List<HeaderField> headersFor(@Nullable String origin) {
    if (everyPage) {
      return List.of(new HeaderField("Access-Control-Allow-Origin", "*"), exposed());
    }
    HeaderField vary = new HeaderField("Vary", "Origin");
    return origin == null || !allows(origin)
        ? List.of(vary)
        : List.of(new HeaderField("Access-Control-Allow-Origin", origin), exposed(), vary);
  }

  /**
   * The further fields of an answer to a preflight.
   *
   * @param requested the value of {@code Access-Control-Request-Headers}
   */
  static List<HeaderField> preflightHeaders(@Nullable String requested) {
    return List.of(
        new HeaderField("Access-Control-Allow-Methods", "GET, POST, DELETE"),
        new HeaderField("Access-Control-Allow-Headers", allowedHeaders(requested)),
        new HeaderField("Access-Control-Max-Age", "7200"));
  }

  /** Parameters of tools travel in fields that nobody can list ({@code Mcp-Param-*}): all pass. */
  private static String allowedHeaders(@Nullable String requested) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(ALLOWED_HEADERS);
    List<String> names = new ArrayList<>(ALLOWED_HEADERS);
    if (requested != null) {
      for (String token : requested.split(",", MAX_REQUESTED_HEADERS)) {
        String name = token.strip();
        if (name.toLowerCase(Locale.ROOT).matches("mcp-[a-z0-9-]+") && known.add(name)) {
          names.add(name);
        }
      }
    }
    return String.join(", ", names);
  }

  private static boolean isTellable(String origin) {
    Matcher parts = SERIALIZED.matcher(origin);
    return parts.matches()
        && (!parts.group(1).equals("http") || LOOPBACK_HOSTS.contains(parts.group(2)));
  }

  private static HeaderField exposed() {
    return new HeaderField("Access-Control-Expose-Headers", EXPOSED);
  }
}
