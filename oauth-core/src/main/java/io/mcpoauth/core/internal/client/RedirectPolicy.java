package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import java.net.URI;
import java.util.Set;

/**
 * Which redirect URIs a client may register: HTTPS, HTTP on loopback, and the schemes of native
 * applications. An allow-list of classes, since nobody can list every dangerous scheme (RG-04).
 *
 * @param serverOrigin our own origin, to which nothing may be redirected (AZ-35)
 * @param applicationSchemes schemes without a dot that known applications have claimed, in lower
 *     case; reverse-domain schemes (RFC 8252 section 7.1) are always allowed
 */
public record RedirectPolicy(String serverOrigin, Set<String> applicationSchemes) {

  /** The schemes of the MCP clients that are known to use one. */
  public static final Set<String> KNOWN_APPLICATION_SCHEMES =
      Set.of(
          "cursor",
          "vscode",
          "vscode-insiders",
          "vscodium",
          "windsurf",
          "claude",
          "zed",
          "kiro",
          "goose",
          "raycast",
          "warp");

  private static final Set<String> RESPONSE_PARAMETERS =
      Set.of("code", "state", "iss", "error", "error_description", "error_uri");

  /** Copies the set. */
  public RedirectPolicy {
    applicationSchemes = Set.copyOf(applicationSchemes);
  }

  boolean allows(RedirectUri uri) {
    return switch (uri.kind()) {
      case HTTPS, LOOPBACK -> !uri.isOn(URI.create(serverOrigin)) && !ownsResponseParameter(uri);
      case PRIVATE_USE_SCHEME ->
          (uri.scheme().indexOf('.') > 0 || applicationSchemes.contains(uri.scheme()))
              && !ownsResponseParameter(uri);
      case PLAIN_HTTP -> false;
    };
  }

  /** A response must hold each of its parameters once (RFC 6749 section 3.1, AZ-09). */
  private static boolean ownsResponseParameter(RedirectUri uri) {
    return Parameters.parse(URI.create(uri.value()).getRawQuery())
        .map(query -> RESPONSE_PARAMETERS.stream().anyMatch(query::has))
        .orElse(true);
  }
}
