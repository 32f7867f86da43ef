package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.StorageException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a provider's tokens back when the last grant of their user has ended here, so that they are
 * worth nothing to a thief. The last one's alone: with one token of a user some providers end all
 * that the user has here, those of a sign-in whose code is still on its way among them. At others,
 * the tokens of grants that ended before live on until they end by themselves.
 *
 * <p>Best effort, in the background: what counts is that our own grant has ended.
 */
public final class TokenReturn {

  private static final Logger log = LoggerFactory.getLogger(TokenReturn.class);

  private final GrantStore grants;
  private final GrantProfiles profiles;
  private final Map<String, IdentityProvider> providers;
  private final Executor executor;

  /**
   * Returns tokens to these providers.
   *
   * @param executor runs the calls to storage and providers, which block
   */
  public TokenReturn(
      GrantStore grants,
      GrantProfiles profiles,
      Collection<IdentityProvider> providers,
      Executor executor) {
    this.grants = grants;
    this.profiles = profiles;
    this.providers =
        providers.stream().collect(Collectors.toMap(IdentityProvider::id, Function.identity()));
    this.executor = executor;
  }

  /** Returns at once; to be called when the end of the grant is durable. */
  public void after(Grant ended) {
    IdentityProvider provider = providers.get(ended.provider());
    if (provider == null) {
      return;
    }
    try {
      executor.execute(() -> giveBack(provider, ended));
    } catch (RejectedExecutionException e) {
      log.debug("Too much to do, or closing: tokens are not returned to their provider");
    }
  }

  private void giveBack(IdentityProvider provider, Grant ended) {
    try {
      if (!grants.hasUsable(ended.userId(), ended.provider())) {
        profiles
            .open(ended.id(), ended.sealedProfile())
            .map(GrantProfile::tokens)
            .map(provider::revoke)
            .ifPresent(answer -> note(provider, answer));
      }
    } catch (StorageException e) {
      log.debug("Storage does not tell whether a user has other grants; tokens are not returned");
    } catch (RuntimeException e) {
      log.error("Returning tokens to provider {} failed", provider.id(), e);
    }
  }

  private static void note(IdentityProvider provider, RevokeAnswer answer) {
    if (answer instanceof RevokeAnswer.Unavailable unavailable) {
      log.warn("Provider {} does not take its tokens back: {}", provider.id(), unavailable.cause());
    }
  }
}
