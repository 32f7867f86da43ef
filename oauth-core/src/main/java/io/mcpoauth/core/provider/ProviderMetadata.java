package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider does what (RFC 8414 section 2, OpenID Connect Discovery section 3).
 *
 * @param issuer to the letter as the provider names itself; null when it published no metadata
 * @param userinfo null when it has none
 * @param jwks null when it signs no ID tokens
 * @param revocation where tokens are given back (RFC 7009); null when it takes none
 * @param authenticationMethods the wire names that its token endpoint accepts
 * @param sendsIssuer whether its authorization responses always carry {@code iss} (RFC 9207)
 */
record ProviderMetadata(
    @Nullable String issuer,
    URI authorization,
    URI token,
    @Nullable URI userinfo,
    @Nullable URI jwks,
    @Nullable URI revocation,
    Set<String> authenticationMethods,
    boolean sendsIssuer) {

  private static final Set<String> DEFAULT_METHODS =
      Set.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.wireName());

  /** The endpoints beside an authorization endpoint whose provider publishes no metadata. */
  static ProviderMetadata besides(URI authorization) {
    return new ProviderMetadata(
        null,
        authorization,
        authorization.resolve("token"),
        authorization.resolve("userinfo"),
        null,
        null,
        DEFAULT_METHODS,
        false);
  }

  /**
   * Reads a metadata document.
   *
   * @param issuer the document's issuer, already compared with the place it was found at
   * @param needsHttps false only for a provider that is itself on this machine (UP-19)
   */
  static Fetched<ProviderMetadata> read(JsonObject document, String issuer, boolean needsHttps) {
    for (String name :
        List.of(
            "authorization_endpoint",
            "token_endpoint",
            "userinfo_endpoint",
            "jwks_uri",
            "revocation_endpoint")) {
      if (document.text(name) != null && endpoint(document, name, needsHttps).isEmpty()) {
        return new Fetched.Missed<>("its " + name + " is no https URL");
      }
    }
    Optional<URI> authorization = endpoint(document, "authorization_endpoint", needsHttps);
    Optional<URI> token = endpoint(document, "token_endpoint", needsHttps);
    if (authorization.isEmpty() || token.isEmpty()) {
      return new Fetched.Missed<>("it lacks an authorization_endpoint or a token_endpoint");
    }
    List<String> methods = document.texts("token_endpoint_auth_methods_supported");
    return new Fetched.Got<>(
        new ProviderMetadata(
            issuer,
            authorization.get(),
            token.get(),
            endpoint(document, "userinfo_endpoint", needsHttps).orElse(null),
            endpoint(document, "jwks_uri", needsHttps).orElse(null),
            endpoint(document, "revocation_endpoint", needsHttps).orElse(null),
            methods == null ? DEFAULT_METHODS : Set.copyOf(methods),
            document.isTrue("authorization_response_iss_parameter_supported")));
  }

  private static Optional<URI> endpoint(JsonObject document, String name, boolean needsHttps) {
    String text = document.text(name);
    return text == null
        ? Optional.empty()
        : SafeUri.parse(text).filter(uri -> !needsHttps || SafeUri.isHttps(uri));
  }
}
