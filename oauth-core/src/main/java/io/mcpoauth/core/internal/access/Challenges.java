package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Scopes;
import org.jspecify.annotations.Nullable;

/** The {@code WWW-Authenticate} values of a protected resource (RFC 6750, RFC 9728 section 5.1). */
final class Challenges {

  private static final OAuthError BAD_TOKEN =
      new OAuthError(
          ErrorCode.INVALID_TOKEN, "the access token is expired, revoked or not for this resource");
  private static final OAuthError MORE_SCOPE =
      new OAuthError(
          ErrorCode.INSUFFICIENT_SCOPE, "the access token has not all of the needed scopes");

  private Challenges() {}

  /** No credentials: nothing is said about an error (RFC 6750 section 3.1). */
  static AccessDecision noToken(ProtectedResource resource) {
    return new AccessDecision.Unauthenticated(challenge(resource, null), null);
  }

  /** One text for every way in which a token can be bad, so that nothing is told apart (RS-02). */
  static AccessDecision badToken(ProtectedResource resource) {
    return new AccessDecision.Unauthenticated(challenge(resource, BAD_TOKEN), BAD_TOKEN);
  }

  static AccessDecision insufficientScope(ProtectedResource resource) {
    return new AccessDecision.InsufficientScope(challenge(resource, MORE_SCOPE), MORE_SCOPE);
  }

  private static String challenge(ProtectedResource resource, @Nullable OAuthError error) {
    StringBuilder value = new StringBuilder("Bearer ");
    if (error != null) {
      value.append("error=\"").append(error.code().wireName()).append("\", ");
      value.append("error_description=\"").append(error.description()).append("\", ");
    }
    if (!scopes(resource).isEmpty()) {
      value.append("scope=\"").append(scopes(resource)).append("\", ");
    }
    return value
        .append("resource_metadata=\"")
        .append(resource.metadataUrl())
        .append('"')
        .toString();
  }

  /** What a client should ask for: what is required, or else all that is offered. */
  private static Scopes scopes(ProtectedResource resource) {
    return resource.scopesRequired().isEmpty()
        ? resource.scopesSupported()
        : resource.scopesRequired();
  }
}
