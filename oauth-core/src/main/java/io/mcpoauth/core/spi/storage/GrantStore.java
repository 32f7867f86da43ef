package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.SecretHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Grants with their codes and refresh tokens.
 *
 * <p>A grant is created with one unredeemed code. Redeeming the code makes it live, with a first
 * refresh token; each rotation replaces that token. A grant that was revoked never lives again.
 */
public interface GrantStore {

  /** Keeps a new grant and the code that redeems it, in one step. */
  Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime);

  /** The code of that id with its grant, redeemed and expired ones too while they are kept. */
  Optional<IssuedCode> findCode(String codeId);

  /** The grant of that id, while it may still be used: live or waiting for its code. */
  Optional<Grant> findUsable(String grantId);

  /**
   * The live grants of a user, those used last first.
   *
   * @param provider that vouches for the user's id
   * @param limit at most so many
   */
  List<UserGrant> ofUser(String userId, String provider, int limit);

  /** Whether a user has a grant that may still be used: live or waiting for its code. */
  boolean hasUsable(String userId, String provider);

  /**
   * Counts a redemption with a wrong proof, and burns the code at the given count: a code that can
   * be guessed at without end is no proof (TC-04).
   */
  void countFailedRedemption(String codeId, int burnAt);

  /** Redeems an unexpired code, once, and makes its grant live with that refresh token. */
  Redemption redeem(String codeId, SecretHash refreshToken, RefreshLifetime lifetime);

  /**
   * Replaces the presented refresh token by its successor, if it is the current one. One that was
   * replaced within the reuse window, by one of the last ten rotations, changes nothing and is told
   * the current token's hash.
   */
  Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow);

  /**
   * Ends a grant with all of its tokens and tells the {@link ChangeFeed}.
   *
   * @return false when there is no such grant or it had ended before
   */
  boolean revoke(String grantId, RevocationReason reason);

  /**
   * Ends the grants that are meant, those that wait for their code among them, and tells the {@link
   * ChangeFeed}: a step of it, in the order of their ids.
   *
   * @param after only grants whose id comes after this one; empty for the first step
   * @param limit the most that end in this step
   * @return those that ended; none when there are no more
   */
  List<Grant> endAll(GrantSelection selection, RevocationReason reason, String after, int limit);

  /**
   * Ends one access token and tells the {@link ChangeFeed}; told again, it changes nothing.
   *
   * @param tokenId the {@code jti}
   * @param expiresAt when the token expires; the fact may be forgotten after that
   */
  void revokeAccessToken(String tokenId, String grantId, Instant expiresAt);

  /**
   * How long refresh tokens live.
   *
   * @param idle a token that is not used for so long ends
   * @param absolute the family ends so long after the code was redeemed, used or not
   */
  record RefreshLifetime(Duration idle, Duration absolute) {}

  /** A code with the grant that it redeems. */
  record IssuedCode(AuthorizationCode code, Grant grant) {}

  /** Why a grant was ended. */
  enum RevocationReason {
    /** The client asked (RFC 7009). */
    CLIENT_REQUEST,
    /** The user asked, on their own page. */
    USER_REQUEST,
    /** A code was presented again with every proof right (RFC 6749 section 4.1.2). */
    CODE_REPLAYED,
    /** A refresh token was presented after it had been replaced (RFC 9700 section 4.14.2). */
    REFRESH_TOKEN_REUSED,
    /** The provider ended its own grant. */
    PROVIDER_ENDED,
    /** The operator does not let the user in any more. */
    NOT_ALLOWED,
    /** The operator lost the key that opens its profile. */
    KEY_LOST,
    /** Its client was removed. */
    CLIENT_DELETED,
    /** The operator asked. */
    OPERATOR_REQUEST
  }

  /** What became of a redemption. */
  sealed interface Redemption {

    /**
     * This caller redeemed it, and no other ever will.
     *
     * @param at storage's time of it
     */
    record Redeemed(Instant at) implements Redemption {}

    /** It was redeemed before. */
    record AlreadyRedeemed() implements Redemption {}

    /** It is unknown, expired or burnt, or its grant was revoked. */
    record Gone() implements Redemption {}
  }

  /** What became of a rotation. */
  sealed interface Rotation {

    /**
     * The successor is the current token now.
     *
     * @param at storage's time of it
     * @param endsAt when the grant ends unless it is refreshed again
     */
    record Rotated(Instant at, Instant endsAt) implements Rotation {}

    /**
     * The presented token was replaced so recently that its holder may not have heard of it.
     *
     * @param current the hash of the token that replaced it
     * @param at storage's time of this answer
     * @param endsAt when the grant ends unless it is refreshed again
     */
    record RecentlyRotated(SecretHash current, Instant at, Instant endsAt) implements Rotation {}

    /** The grant lives, but neither its current nor its just replaced token is this one. */
    record Superseded() implements Rotation {}

    /** The grant is unknown, was revoked, or its refresh token expired. */
    record Gone() implements Rotation {}
  }
}
