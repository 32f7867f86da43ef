package io.mcpoauth.core.internal.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells live access tokens from others without asking storage: the signature is verified once per
 * token, the grant is read once, and the change feed tells of revocations. Audience and expiry are
 * checked each time. Bounded; safe for use by several threads.
 */
public final class LiveTokens {

  private static final int MAX_TOKENS = 100_000;

  private final AccessTokens accessTokens;
  private final GrantDirectory grants;
  private final ChangeWatcher watcher;
  private final ForgedTokens forged;
  private final Cache<String, AccessTokenClaims> verified =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /** Tokens of that issuer. */
  public LiveTokens(
      AccessTokens accessTokens,
      GrantDirectory grants,
      ChangeWatcher watcher,
      ForgedTokens forged) {
    this.accessTokens = accessTokens;
    this.grants = grants;
    this.watcher = watcher;
    this.forged = forged;
  }

  /**
   * What is known of a token, whoever asks for that resource.
   *
   * @param source as {@link ForgedTokens#verify} wants it
   */
  TokenStatus look(String token, ResourceUri resource, @Nullable Supplier<?> source) {
    AccessTokenClaims known = verified.getIfPresent(token);
    return known == null
        ? lookFirst(token, resource, source)
        : known(known, resource, grants::find);
  }

  /** A live token that was seen before; nothing is verified or read for it. */
  Optional<TokenStatus.Live> known(String token, ResourceUri resource) {
    AccessTokenClaims claims = verified.getIfPresent(token);
    return claims != null && known(claims, resource, grants::known) instanceof TokenStatus.Live live
        ? Optional.of(live)
        : Optional.empty();
  }

  private TokenStatus lookFirst(String token, ResourceUri resource, @Nullable Supplier<?> source) {
    Optional<AccessTokens.Unverified> signed = accessTokens.read(Secret.of(token));
    if (signed.isEmpty()) {
      return new TokenStatus.NotOurs();
    }
    ForgedTokens.Verification verification = forged.verify(signed.get(), source);
    if (verification instanceof ForgedTokens.Genuine genuine) {
      // Keyed by the whole token: a key that is derived from it would have to be compared with it.
      verified.put(token, genuine.claims());
      return known(genuine.claims(), resource, grants::find);
    }
    if (verification instanceof ForgedTokens.Unseen unseen) {
      return unseen.retryAfter() == null
          ? new TokenStatus.Unknown()
          : new TokenStatus.Unseen(unseen.retryAfter());
    }
    return new TokenStatus.Dead();
  }

  private TokenStatus known(
      AccessTokenClaims claims, ResourceUri resource, Function<String, Optional<KnownGrant>> find) {
    if (!isGoodFor(claims, resource)) {
      return new TokenStatus.Dead();
    }
    if (!watcher.isCurrent()) {
      return new TokenStatus.Unknown();
    }
    Optional<KnownGrant> grant = find.apply(claims.grantId());
    return grant.isEmpty() || grants.isRevoked(claims.tokenId())
        ? new TokenStatus.Dead()
        : new TokenStatus.Live(claims, grant.get());
  }

  private boolean isGoodFor(AccessTokenClaims claims, ResourceUri resource) {
    return claims.audience().equals(resource) && watcher.now().isBefore(claims.expiresAt());
  }
}
