package io.mcpoauth.core.contract;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes everything on; tests override what they break. */
public class DelegatingGrantStore implements GrantStore {

  private final GrantStore delegate;

  /** Passes on to that store. */
  public DelegatingGrantStore(GrantStore delegate) {
    this.delegate = delegate;
  }

  @Override
  public Insertion create(Grant grant, AuthorizationCode code, Duration codeLifetime) {
    return delegate.create(grant, code, codeLifetime);
  }

  @Override
  public Optional<IssuedCode> findCode(String codeId) {
    return delegate.findCode(codeId);
  }

  @Override
  public Optional<Grant> findUsable(String grantId) {
    return delegate.findUsable(grantId);
  }

  @Override
  public List<UserGrant> ofUser(String userId, String provider, int limit) {
    return delegate.ofUser(userId, provider, limit);
  }

  @Override
  public boolean hasUsable(String userId, String provider) {
    return delegate.hasUsable(userId, provider);
  }

  @Override
  public void countFailedRedemption(String codeId, int burnAt) {
    delegate.countFailedRedemption(codeId, burnAt);
  }

  @Override
  public Redemption redeem(String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
    return delegate.redeem(codeId, refreshToken, lifetime);
  }

  @Override
  public Rotation rotate(
      String grantId,
      SecretHash presented,
      SecretHash successor,
      RefreshLifetime lifetime,
      Duration reuseWindow) {
    return delegate.rotate(grantId, presented, successor, lifetime, reuseWindow);
  }

  @Override
  public boolean revoke(String grantId, RevocationReason reason) {
    return delegate.revoke(grantId, reason);
  }

  @Override
  public List<Grant> endAll(
      GrantSelection selection, RevocationReason reason, String after, int limit) {
    return delegate.endAll(selection, reason, after, limit);
  }

  @Override
  public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {
    delegate.revokeAccessToken(tokenId, grantId, expiresAt);
  }
}
