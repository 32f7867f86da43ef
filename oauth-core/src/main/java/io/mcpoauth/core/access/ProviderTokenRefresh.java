package io.mcpoauth.core.access;

import io.mcpoauth.core.access.ProviderToken.Ended;
import io.mcpoauth.core.access.ProviderToken.Unavailable;
import io.mcpoauth.core.access.ProviderToken.Usable;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.profile.GrantProfile;
import io.mcpoauth.core.profile.GrantProfiles;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.ProfileStore.Claim;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider for new tokens, one instance at a time for each grant (UP-20). The answer is
 * kept only if nobody has kept another one, and the grant ends only if the provider said so of the
 * tokens that are still the current ones: an instance that was too slow does no harm.
 */
public final class ProviderTokenRefresh {

  private static final Logger log = LoggerFactory.getLogger(ProviderTokenRefresh.class);

  /**
   * Longer than a provider may take to answer, so that no second instance asks meanwhile, and no
   * longer than others may be held up by an instance that died (DB-23).
   */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration BUSY_PAUSE = Duration.ofMillis(200);
  private static final int BUSY_ATTEMPTS = 55;
  private static final int CONCLUSION_ATTEMPTS = 50;

  private final ProfileStore store;
  private final GrantProfiles profiles;
  private final GrantDirectory directory;
  private final Map<String, IdentityProvider> providers;
  private final AccessPolicy policy;
  private final AuditLog audit;
  private final BiConsumer<Grant, RevocationReason> ended;
  private final Executor executor;

  /**
   * Refreshes tokens of these providers.
   *
   * @param policy asked anew whenever a provider tells the user's profile anew
   * @param ended is told of each grant that ends here; {@link WatchedGrants#tell}
   * @param executor runs the calls to storage and providers, which block
   */
  public ProviderTokenRefresh(
      ProfileStore store,
      GrantProfiles profiles,
      GrantDirectory directory,
      Collection<IdentityProvider> providers,
      AccessPolicy policy,
      AuditLog audit,
      BiConsumer<Grant, RevocationReason> ended,
      Executor executor) {
    this.store = store;
    this.profiles = profiles;
    this.directory = directory;
    this.providers =
        providers.stream().collect(Collectors.toMap(IdentityProvider::id, Function.identity()));
    this.policy = policy;
    this.audit = audit;
    this.ended = ended;
    this.executor = executor;
  }

  /** Refreshes in the background and completes the result, always. */
  void start(KnownGrant grant, CompletableFuture<ProviderToken> result) {
    attempt(grant, result, 1);
  }

  private void attempt(KnownGrant grant, CompletableFuture<ProviderToken> result, int attempt) {
    boolean begun =
        run(
            result,
            () -> {
              Optional<Supplier<ProviderToken>> conclusion = refresh(grant);
              if (conclusion.isPresent()) {
                conclude(conclusion.get(), result, 1);
              } else if (attempt == BUSY_ATTEMPTS) {
                result.complete(new Unavailable());
              } else {
                afterPause(() -> attempt(grant, result, attempt + 1));
              }
            });
    if (!begun) {
      result.complete(new Unavailable());
    }
  }

  /**
   * Brings what the provider said to storage, again and again if need be: a provider gives its next
   * refresh token once, and what storage cannot take now must not be lost.
   */
  private void conclude(
      Supplier<ProviderToken> conclusion, CompletableFuture<ProviderToken> result, int attempt) {
    try {
      result.complete(conclusion.get());
    } catch (StorageException e) {
      concludeLater(conclusion, result, attempt + 1);
    }
  }

  /** Waits for room, too, where there is too much to do. */
  private void concludeLater(
      Supplier<ProviderToken> conclusion, CompletableFuture<ProviderToken> result, int attempt) {
    if (attempt > CONCLUSION_ATTEMPTS) {
      result.complete(new Unavailable());
      return;
    }
    afterPause(
        () -> {
          if (!run(result, () -> conclude(conclusion, result, attempt))) {
            concludeLater(conclusion, result, attempt + 1);
          }
        });
  }

  /**
   * Whatever becomes of the task, nobody waits for its result for ever.
   *
   * @return false when there is too much to do, or the end has come: the task is not run
   */
  private boolean run(CompletableFuture<ProviderToken> result, Runnable task) {
    try {
      executor.execute(
          () -> {
            try {
              task.run();
            } catch (StorageException e) {
              result.complete(new Unavailable());
            } catch (RuntimeException | Error e) {
              log.error("The refresh of a provider's tokens failed", e);
              result.complete(new Unavailable());
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /** The pause takes none of our threads; what comes after it must be short and throw nothing. */
  private static void afterPause(Runnable next) {
    CompletableFuture.delayedExecutor(BUSY_PAUSE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(next);
  }

  /**
   * What is left to do in storage, which may be done several times over; empty while another
   * instance asks the provider.
   */
  private Optional<Supplier<ProviderToken>> refresh(KnownGrant known) {
    IdentityProvider provider = providers.get(known.grant().provider());
    if (provider == null) {
      // The operator removed the provider: the grant lives on, without its token.
      return Optional.of(() -> new Usable(null));
    }
    String id = known.grant().id();
    Claim claim = store.claim(id, known.grant().profileVersion(), LEASE);
    if (claim instanceof Claim.Claimed claimed) {
      return Optional.of(ask(provider, claimed.grant()));
    }
    if (claim instanceof Claim.Replaced replaced) {
      return Optional.of(() -> ofAnother(replaced.grant()));
    }
    return claim instanceof Claim.Busy ? Optional.empty() : Optional.of(Ended::new);
  }

  private ProviderToken ofAnother(Grant grant) {
    directory.forget(grant.id());
    return profiles
        .open(grant.id(), grant.sealedProfile())
        .<ProviderToken>map(profile -> new Usable(profile.tokens().accessToken()))
        .orElseGet(Ended::new);
  }

  private Supplier<ProviderToken> ask(IdentityProvider provider, Grant grant) {
    Optional<GrantProfile> profile = profiles.open(grant.id(), grant.sealedProfile());
    if (profile.isEmpty()) {
      return Ended::new;
    }
    RefreshAnswer answer = provider.refresh(profile.get().tokens());
    if (answer instanceof RefreshAnswer.Refreshed refreshed) {
      User user = refreshed.user() == null ? profile.get().user() : refreshed.user();
      return admit(grant, new GrantProfile(user, refreshed.tokens()));
    }
    if (answer instanceof RefreshAnswer.Unavailable unavailable) {
      log.warn("Provider {} does not refresh its tokens: {}", provider.id(), unavailable.cause());
      return () -> release(grant);
    }
    if (answer instanceof RefreshAnswer.NotAllowed notAllowed) {
      return expel(grant, notAllowed.rule());
    }
    log.info("Provider {} ended its grant, so ours ends too", provider.id());
    return () -> end(grant, RevocationReason.PROVIDER_ENDED);
  }

  /** OpenID Connect Core section 12.2: a refresh never changes of whom the tokens are. */
  private Supplier<ProviderToken> admit(Grant grant, GrantProfile profile) {
    User user = profile.user();
    if (!user.id().equals(grant.userId()) || !user.provider().equals(grant.provider())) {
      log.warn("Provider {} refreshed a user's tokens with another user's", grant.provider());
      return () -> end(grant, RevocationReason.PROVIDER_ENDED);
    }
    Optional<String> rule = policy.ruleAgainst(user);
    return rule.isPresent()
        // With the tokens that it has now, which are to be given back.
        ? expel(grant.withResealedProfile(profiles.seal(grant.id(), profile)), rule.get())
        : () -> keep(grant, profile);
  }

  private Supplier<ProviderToken> expel(Grant grant, String rule) {
    audit.write(
        new AuditEvent.UserNotAllowed(grant.userId(), grant.provider(), grant.clientId(), rule));
    return () -> end(grant, RevocationReason.NOT_ALLOWED);
  }

  private ProviderToken release(Grant grant) {
    store.release(grant.id(), grant.profileVersion());
    return new Unavailable();
  }

  private ProviderToken end(Grant grant, RevocationReason reason) {
    if (store.end(grant.id(), grant.profileVersion(), reason)) {
      ended.accept(grant, reason);
    }
    directory.forget(grant.id());
    return new Ended();
  }

  private ProviderToken keep(Grant grant, GrantProfile profile) {
    UpstreamTokens tokens = profile.tokens();
    boolean kept =
        store.replace(grant.id(), grant.profileVersion(), profiles.seal(grant.id(), profile));
    directory.forget(grant.id());
    // Another instance was faster, or the grant has ended: the next look tells.
    return kept ? new Usable(tokens.accessToken()) : new Unavailable();
  }
}
