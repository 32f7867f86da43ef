package io.mcpoauth.runner.config;

import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.runner.config.McpRoute.Passed;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import io.mcpoauth.servlet.forward.McpServer.Capacity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which MCP servers there are: the one at the usual path, those at paths of their own. */
final class McpRoutesReader {

  private static final String SCOPES = "scopes";
  private static final String REQUIRED = "required";
  private static final String PROVIDER_TOKEN = "provider-token";
  private static final String IDENTITY_TOKEN = "identity-token";
  private static final Set<String> OPTIONS =
      Set.of(SCOPES, REQUIRED, PROVIDER_TOKEN, IDENTITY_TOKEN);

  private final CheckedValues checked;
  private final Optional<Scopes> supported;
  private final Mode mode;

  /** Looks for servers whose scopes are among the supported ones, as far as those are known. */
  McpRoutesReader(CheckedValues checked, Optional<Scopes> supported, Mode mode) {
    this.checked = checked;
    this.supported = supported;
    this.mode = mode;
  }

  /** Everything that is given; each problem is noted. The first is for clients that name none. */
  List<McpRoute> read() {
    Capacity capacity =
        new Capacity(
            count(Setting.MCP_SERVER_MAX_REQUESTS),
            count(Setting.MCP_SERVER_MAX_REQUESTS_PER_USER));
    Passed passed =
        new Passed(
            checked.read(Setting.PASS_PROVIDER_TOKEN, SettingParsers::flag).orElse(true),
            checked.read(Setting.PASS_IDENTITY_TOKEN, SettingParsers::flag).orElse(false));
    List<McpRoute> routes = new ArrayList<>();
    boolean urlGiven = checked.isAnyGiven(Set.of(Setting.MCP_SERVER_URL));
    if (!urlGiven && !isListGiven() && mode == Mode.FORWARD_AUTH) {
      routes.add(McpRoute.standard(null, capacity, passed));
    } else if (urlGiven || !isListGiven()) {
      checked
          .readRequired(Setting.MCP_SERVER_URL, UrlRules::mcpServerUrl)
          .ifPresent(url -> routes.add(McpRoute.standard(url, capacity, passed)));
    }
    checked
        .readIfGiven(Setting.MCP_SERVERS, text -> parse(text, capacity, passed))
        .ifPresent(routes::addAll);
    checkTogether(routes);
    return routes;
  }

  private int count(Setting setting) {
    return checked.read(setting, SettingParsers::count).orElse(1);
  }

  private boolean isListGiven() {
    return checked.isAnyGiven(Set.of(Setting.MCP_SERVERS));
  }

  private void checkTogether(List<McpRoute> routes) {
    Set<String> paths = new HashSet<>();
    for (McpRoute route : routes) {
      checked.require(
          Setting.MCP_SERVERS, paths.add(route.path()), "two servers have the same path");
      supported.ifPresent(
          all ->
              checked.require(
                  Setting.MCP_SERVERS,
                  all.containsAll(route.scopes().plus(route.required())),
                  "a server has scopes that SCOPES_SUPPORTED does not name"));
    }
  }

  private List<McpRoute> parse(String text, Capacity capacity, Passed usual) {
    List<McpRoute> routes =
        Arrays.stream(text.split("[;\\n]", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(entry -> parseEntry(List.of(entry.split("\\s+", -1)), capacity, usual))
            .toList();
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("it names no server");
    }
    return routes;
  }

  private McpRoute parseEntry(List<String> words, Capacity capacity, Passed usual) {
    boolean urlGiven = words.size() > 1 && !OPTIONS.contains(words.get(1).split("=", 2)[0]);
    if (!urlGiven && mode == Mode.PROXY) {
      throw new IllegalArgumentException("each server needs a path and a URL");
    }
    Map<String, String> options = options(words.subList(urlGiven ? 2 : 1, words.size()));
    Scopes required = scopes(options, REQUIRED);
    Scopes scopes = scopes(options, SCOPES);
    return new McpRoute(
        path(words.get(0)),
        urlGiven ? UrlRules.mcpServerUrl(words.get(1)) : null,
        // What every request needs, clients may ask for.
        scopes.isEmpty() ? scopes : scopes.plus(required),
        required,
        capacity,
        new Passed(
            flag(options, PROVIDER_TOKEN, usual.providerToken()),
            flag(options, IDENTITY_TOKEN, usual.identityToken())));
  }

  private static Map<String, String> options(List<String> words) {
    Map<String, String> options = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (!OPTIONS.contains(name)
          || equals < 0
          || options.put(name, word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "what follows a server's URL must be scopes=, required=, provider-token= or"
                + " identity-token=, each once");
      }
    }
    return options;
  }

  private static Scopes scopes(Map<String, String> options, String name) {
    String text = options.get(name);
    return text == null ? Scopes.none() : SettingParsers.scopes(text);
  }

  private static boolean flag(Map<String, String> options, String name, boolean usual) {
    String text = options.get(name);
    return text == null ? usual : SettingParsers.flag(text);
  }

  /** A path that no endpoint of ours has, since the proxy is asked first. */
  private static String path(String text) {
    String path = UrlRules.routePrefix(text);
    boolean taken =
        OAuthServlet.URL_PATTERNS.stream()
            .map(pattern -> pattern.replace("/*", ""))
            .anyMatch(endpoint -> isWithin(path, endpoint) || isWithin(endpoint, path));
    if (taken) {
      throw new IllegalArgumentException("a server's path is one of the proxy's own endpoints");
    }
    return path;
  }

  private static boolean isWithin(String path, String other) {
    return path.equals(other) || path.startsWith(other + "/");
  }
}
