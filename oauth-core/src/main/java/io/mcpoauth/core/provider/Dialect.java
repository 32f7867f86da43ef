package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In what a provider departs from OpenID Connect Core, or goes beyond it. Each method does by
 * default what the standard says.
 */
interface Dialect {

  /** OpenID Connect Core to the letter. */
  Dialect STANDARD = new Dialect() {};

  /** The URL below which the metadata is published, for the URL that the operator gave. */
  default URI metadataUrl(URI given) {
    return given;
  }

  /**
   * Whether the metadata found at that URL may name this issuer (RFC 8414 section 3.3). A trailing
   * slash is forgiven, since both spellings have the same well-known locations; what is compared
   * later is the provider's own spelling.
   */
  default boolean isPublishedIssuer(URI url, String issuer) {
    return withoutTrailingSlash(issuer).equals(withoutTrailingSlash(url.toString()));
  }

  /** Whether an authorization response may name this issuer (RFC 9207 section 2.4). */
  default boolean isResponseIssuer(String published, String named) {
    return named.equals(published);
  }

  /**
   * Whether an ID token with these claims may come from the provider (OpenID Connect Core section
   * 3.1.3.7, rule 2).
   *
   * @param keyIssuer whom the key set names as the issuer of the key; null when it names none
   */
  default boolean isTokenIssuer(String published, @Nullable String keyIssuer, JsonObject claims) {
    return published.equals(claims.text("iss"));
  }

  /** What to ask the provider for, of what the operator wants. */
  default Scopes scopes(Scopes wanted) {
    return wanted;
  }

  /** What an authorization request needs besides. */
  default Map<String, String> authorizationParameters() {
    return Map.of();
  }

  /** Whether a refresh request must name the scopes again. */
  default boolean repeatsScopesAtRefresh() {
    return false;
  }

  /** Whether userinfo adds anything to the ID token. */
  default boolean usesUserInfo() {
    return true;
  }

  /** What identifies the user at this provider for ever; null when it is not there. */
  default @Nullable String subjectOf(JsonObject claims) {
    return Profile.subjectOf(claims);
  }

  /** Whether the provider vouches for the {@code email} among these claims. */
  default boolean isEmailVerified(JsonObject claims) {
    return claims.isTrue("email_verified");
  }

  /** The operator's rule for this provider that does not let the user in, in words for the log. */
  default Optional<String> brokenRule(JsonObject claims) {
    return Optional.empty();
  }

  private static String withoutTrailingSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
