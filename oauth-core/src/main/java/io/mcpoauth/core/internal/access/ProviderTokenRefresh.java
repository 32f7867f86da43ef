package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.access.ProviderToken.Ended;
import io.mcpoauth.core.internal.access.ProviderToken.Unavailable;
import io.mcpoauth.core.internal.access.ProviderToken.Usable;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.ProfileStore.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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

  private final ProfileStore store;
  private final GrantProfiles profiles;
  private final GrantDirectory directory;
  private final Map<String, IdentityProvider> providers;
  private final AccessPolicy policy;
  private final AuditLog audit;
  private final BiConsumer<Grant, RevocationReason> ended;
  private final PatientRefresh background;

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
    this.background = new PatientRefresh(this::refresh, executor);
  }

  /** Refreshes in the background and completes the result, always. */
  void start(KnownGrant grant, CompletableFuture<ProviderToken> result) {
    background.start(grant, result);
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
