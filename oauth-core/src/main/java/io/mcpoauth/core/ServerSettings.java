package io.mcpoauth.core;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator decides about the authorization server.
 *
 * @param issuer the base URL of all endpoints, without a trailing slash: {@code
 *     https://host[/path]}; {@code http} only for loopback hosts
 * @param resources the MCP servers, at least one; the first is the default for requests that name
 *     none
 * @param scopesSupported what clients may ask for
 * @param lifetimes how long things live
 */
public record ServerSettings(
    URI issuer, List<ProtectedResource> resources, Scopes scopesSupported, Lifetimes lifetimes) {

  /** So that a token stays well below what header fields may hold. */
  private static final int MAX_SCOPES_LENGTH = 2_000;

  /**
   * @throws IllegalArgumentException with a message fit for an operator when a value cannot work
   */
  public ServerSettings {
    resources = List.copyOf(resources);
    if (resources.isEmpty()) {
      throw new IllegalArgumentException("at least one protected resource is needed");
    }
    for (ProtectedResource resource : resources) {
      if (!scopesSupported.containsAll(resource.scopesSupported())) {
        throw new IllegalArgumentException("a resource's scopes must be supported scopes");
      }
      if (resource.scopesSupported().toString().length() > MAX_SCOPES_LENGTH) {
        throw new IllegalArgumentException(
            "a resource's scopes must have at most "
                + MAX_SCOPES_LENGTH
                + " characters together, since access tokens name them");
      }
    }
    checkIssuer(issuer);
  }

  /**
   * How long things live. Refresh lifetimes are counted by storage's clock.
   *
   * @param code an authorization code; at most 10 minutes (OAuth 2.1 section 4.1.2)
   * @param login from the consent page to the return from the provider
   * @param accessToken an access token
   * @param refreshTokenIdle a refresh token that is not used
   * @param refreshTokenAbsolute a family of refresh tokens, used or not
   * @param refreshReuseWindow how long a replaced refresh token is answered again
   */
  public record Lifetimes(
      Duration code,
      Duration login,
      Duration accessToken,
      Duration refreshTokenIdle,
      Duration refreshTokenAbsolute,
      Duration refreshReuseWindow) {

    /** 60 seconds, 10 minutes, 1 hour, 30 days, 180 days, 60 seconds. */
    public static Lifetimes standard() {
      return new Lifetimes(
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofDays(30),
          Duration.ofDays(180),
          Duration.ofSeconds(60));
    }

    /**
     * @throws IllegalArgumentException when a value is outside its range
     */
    public Lifetimes {
      requireRange("code", code, Duration.ofSeconds(1), Duration.ofMinutes(10));
      requireRange("login", login, Duration.ofSeconds(30), Duration.ofHours(1));
      requireRange("access token", accessToken, Duration.ofSeconds(30), MAX_ACCESS_TOKEN);
      // A grant ends with its refresh token, and so would access tokens that were to outlive it.
      requireRange("idle refresh token", refreshTokenIdle, accessToken, TEN_YEARS);
      requireRange("absolute refresh token", refreshTokenAbsolute, refreshTokenIdle, TEN_YEARS);
      requireRange("reuse window", refreshReuseWindow, Duration.ZERO, Duration.ofMinutes(2));
    }

    /** The longest life of an access token, whatever was configured when it was issued. */
    public static final Duration MAX_ACCESS_TOKEN = Duration.ofDays(1);

    private static final Duration TEN_YEARS = Duration.ofDays(3_653);

    private static void requireRange(String name, Duration value, Duration min, Duration max) {
      if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "the " + name + " lifetime must be between " + min + " and " + max);
      }
    }
  }

  /** The absolute URL of an endpoint, for example of {@code /token}. */
  public String endpoint(String path) {
    return issuer + path;
  }

  /** Scheme, host and port of the issuer. */
  public String origin() {
    return issuer.getScheme() + "://" + issuer.getRawAuthority();
  }

  /** The issuer's path, {@code ""} when it has none. */
  public String pathPrefix() {
    return issuer.getRawPath();
  }

  /** The resource with that path on our origin; a trailing slash makes no difference. */
  public Optional<ProtectedResource> resourceAt(String path) {
    return ResourceUri.parse(origin() + path)
        .flatMap(uri -> resources.stream().filter(r -> r.uri().equals(uri)).findFirst());
  }

  /** Whether a host name or address literal means this machine. */
  static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  private static void checkIssuer(URI issuer) {
    String host = issuer.getHost();
    if (host == null || issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
      throw new IllegalArgumentException("the issuer must be an absolute URL without a query");
    }
    if (issuer.getRawUserInfo() != null) {
      throw new IllegalArgumentException("the issuer must not have user information");
    }
    if (issuer.getRawPath().endsWith("/")) {
      throw new IllegalArgumentException("the issuer must not end with a slash");
    }
    boolean secure = "https".equals(issuer.getScheme());
    if (!secure && !("http".equals(issuer.getScheme()) && isLoopback(host))) {
      throw new IllegalArgumentException("the issuer must be https, or http on a loopback host");
    }
  }
}
