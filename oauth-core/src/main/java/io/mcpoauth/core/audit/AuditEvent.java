package io.mcpoauth.core.audit;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import org.jspecify.annotations.Nullable;

/**
 * Something that the operator may want to know later. Ids are those of storage, from which no token
 * can be made; of users there is the id and nothing else (LG-11). Names and client ids come from
 * strangers: whoever writes them must escape them (LG-03).
 */
public sealed interface AuditEvent {

  /**
   * A client registered itself.
   *
   * @param repeated whether an equal registration was there before, which is the client's now
   */
  record ClientRegistered(String clientId, String clientName, boolean repeated)
      implements AuditEvent {}

  /** A client changed its registration. */
  record ClientUpdated(String clientId, String clientName) implements AuditEvent {}

  /** A client removed itself, with all of its grants. */
  record ClientDeleted(String clientId) implements AuditEvent {}

  /**
   * Somebody approved of a client and goes on to sign in; who it is turns out there.
   *
   * @param loginId stands in what becomes of the sign-in, too
   * @param recalled whether nobody was asked, since the browser remembers an earlier approval
   */
  record ConsentGiven(
      String loginId,
      String clientId,
      String redirectUri,
      ResourceUri resource,
      Scopes scopes,
      String provider,
      boolean recalled)
      implements AuditEvent {}

  /** Somebody declined on the consent page. */
  record ConsentDenied(String loginId, String clientId, String redirectUri, ResourceUri resource)
      implements AuditEvent {}

  /**
   * A user signed in and may come in.
   *
   * @param clientId null when the user signed in to see their own page
   */
  record SignInFinished(String loginId, @Nullable String clientId, String provider, String userId)
      implements AuditEvent {}

  /**
   * The provider sent the user back with an error, or with an answer that proves nothing.
   *
   * @param clientId null when the user signed in to see their own page
   */
  record SignInRefused(String loginId, @Nullable String clientId, String provider, ErrorCode error)
      implements AuditEvent {}

  /**
   * A rule of the operator keeps a user out, when signing in or later.
   *
   * @param rule in words
   */
  record UserNotAllowed(String userId, String provider, String clientId, String rule)
      implements AuditEvent {}

  /** A grant was made, with the code that redeems it. */
  record CodeIssued(
      String grantId, String clientId, String userId, ResourceUri resource, Scopes scopes)
      implements AuditEvent {}

  /** A code was presented again with every proof right: it is in other hands. */
  record CodeReplayed(String grantId, String clientId, String userId) implements AuditEvent {}

  /**
   * A code was redeemed for the first tokens of its grant.
   *
   * @param tokenId the access token's {@code jti}
   */
  record TokensIssued(
      String grantId,
      String clientId,
      String userId,
      ResourceUri resource,
      Scopes scopes,
      String tokenId)
      implements AuditEvent {}

  /**
   * A refresh token was used.
   *
   * @param tokenId the new access token's {@code jti}
   * @param repeated whether the refresh token was used before, within the reuse window
   */
  record TokensRefreshed(
      String grantId,
      String clientId,
      String userId,
      ResourceUri resource,
      Scopes scopes,
      String tokenId,
      boolean repeated)
      implements AuditEvent {}

  /** A refresh token was presented after it had been replaced: it is in other hands. */
  record RefreshTokenReused(String grantId, String clientId, String userId) implements AuditEvent {}

  /** A grant was ended, with all of its tokens. */
  record GrantRevoked(String grantId, RevocationReason reason) implements AuditEvent {}

  /** One access token was ended by its client. */
  record AccessTokenRevoked(String tokenId, String grantId) implements AuditEvent {}

  /**
   * The operator did something by a command.
   *
   * @param subject the client, user or time that it was done to; empty where it was done to all
   */
  record OperatorActed(String command, String subject) implements AuditEvent {}

  /**
   * A request to an endpoint of the authorization server was refused.
   *
   * @param clientId of a client that is known, and authenticated where it can; else null
   */
  record RequestRefused(
      Endpoint endpoint, ErrorCode error, String description, @Nullable String clientId)
      implements AuditEvent {

    /** The refusal of a request to that endpoint. */
    public static RequestRefused of(
        Endpoint endpoint, OAuthError error, @Nullable String clientId) {
      return new RequestRefused(endpoint, error.code(), error.description(), clientId);
    }
  }

  /** The endpoints that refuse requests. */
  enum Endpoint {
    /** The authorization endpoint. */
    AUTHORIZE,
    /** The user's decision on the consent page. */
    CONSENT,
    /** The return from the provider. */
    CALLBACK,
    /** The token endpoint. */
    TOKEN,
    /** The revocation endpoint. */
    REVOKE,
    /** The introspection endpoint. */
    INTROSPECT,
    /** The registration endpoint. */
    REGISTER,
    /** The client configuration endpoint. */
    MANAGE
  }
}
