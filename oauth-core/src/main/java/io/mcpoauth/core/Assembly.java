package io.mcpoauth.core;

import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.client.ClientRegistration;
import io.mcpoauth.core.internal.access.AccessWatches;
import io.mcpoauth.core.internal.access.CheckAccess;
import io.mcpoauth.core.internal.access.ForeignTokens;
import io.mcpoauth.core.internal.access.ForgedTokens;
import io.mcpoauth.core.internal.access.Introspect;
import io.mcpoauth.core.internal.access.ProviderTokenRefresh;
import io.mcpoauth.core.internal.access.ProviderTokens;
import io.mcpoauth.core.internal.access.SessionIds;
import io.mcpoauth.core.internal.account.ConnectedApps;
import io.mcpoauth.core.internal.cleanup.RemoveEnded;
import io.mcpoauth.core.internal.keys.EncryptionKeyCheck;
import io.mcpoauth.core.internal.keys.IdentityTokens;
import io.mcpoauth.core.internal.keys.KeyUpkeep;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.internal.metadata.MetadataDocuments;
import io.mcpoauth.core.internal.profile.SealRenewal;
import io.mcpoauth.core.internal.revoke.RevokeToken;
import io.mcpoauth.core.internal.token.IssueTokens;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/** Makes the features of a server of their shared parts, and the server of its features. */
final class Assembly {

  private static final Duration KEY_INTERVAL = Duration.ofMinutes(1);

  private final SharedParts shared;
  private final ServerOptions options;
  private final Storage storage;
  private final Lifetimes lifetimes;
  private final SignInParts signIn;

  Assembly(SharedParts shared) {
    this.shared = shared;
    this.options = shared.options;
    this.storage = options.storage();
    this.lifetimes = options.settings().lifetimes();
    this.signIn = new SignInParts(shared);
  }

  /** The server, with its background work begun. */
  AuthorizationServer server() {
    ClientRegistration registration = registration();
    return new StandardAuthorizationServer(
        new StandardAuthorizationServer.Parts(
            options.settings(),
            storage,
            new InstanceCheck(
                new EncryptionKeyCheck(storage.agreements(), options.keys()),
                storage.agreements(),
                options.settings().issuer()),
            shared.signingKeys,
            signIn.start(),
            signIn.decide(),
            signIn.begin(),
            new ConnectedApps(
                shared.sessions, shared.grants, storage.clients(), shared.providers.choices()),
            signIn.finish(),
            issueTokens(),
            new RevokeToken(
                shared.authenticator,
                shared.grants,
                shared.refreshTokens,
                shared.accessTokens,
                options.audit()),
            registration,
            checkAccess(),
            new IdentityTokens(shared.issuer, shared.signingKeys, options.clock()),
            new SessionIds(options.keys()),
            new AccessWatches(shared.directory, shared.work.upkeep()),
            new Introspect(shared.authenticator, shared.liveTokens, shared.issuer, options.audit()),
            shared.watcher,
            metadata(),
            shared.clients,
            repeatedWork(registration),
            shared.work,
            options.audit()));
  }

  private IssueTokens issueTokens() {
    return new IssueTokens(
        new IssueTokens.Parts(
            shared.authenticator,
            shared.grants,
            shared.codes,
            shared.refreshTokens,
            shared.profiles,
            shared.resources,
            new SealRenewal(storage.profiles(), shared.profiles),
            options.policy(),
            shared.accessTokens,
            options.random(),
            options.audit()),
        lifetimes.accessToken(),
        new RefreshLifetime(lifetimes.refreshTokenIdle(), lifetimes.refreshTokenAbsolute()),
        lifetimes.refreshReuseWindow());
  }

  private CheckAccess checkAccess() {
    ProviderTokenRefresh refresh =
        new ProviderTokenRefresh(
            storage.profiles(),
            shared.profiles,
            shared.directory,
            options.providers(),
            options.policy(),
            options.audit(),
            (grant, reason) -> shared.grants.tell(List.of(grant), reason),
            shared.work.providers());
    RateLimiter limiter = new RateLimiter(options.grantLimit(), options.clock());
    return new CheckAccess(
        shared.liveTokens,
        new ProviderTokens(refresh, options.clock()),
        limiter,
        new ForeignTokens(
            options.credentials(),
            options.policy(),
            limiter,
            new ForgedTokens(options.forgedTokenLimit(), options.clock())));
  }

  private ClientRegistration registration() {
    return ClientRegistration.of(
        new ClientRegistration.Parts(
            storage,
            shared.redirectPolicy,
            options.settings().scopesSupported(),
            options.keys(),
            options.random(),
            options.clock(),
            ended -> shared.grants.tell(ended, RevocationReason.CLIENT_DELETED),
            options.audit()),
        options.registration(),
        options.settings().endpoint("/register"));
  }

  private MetadataDocuments metadata() {
    return new MetadataDocuments(
        shared.issuer,
        options.settings().scopesSupported(),
        new MetadataDocuments.Offers(
            options.clientDocuments().isEnabled(), options.registration().isOffered()));
  }

  private List<ScheduledFuture<?>> repeatedWork(ClientRegistration registration) {
    return List.of(
        shared.work.repeat(options.cleanUpInterval(), registration.expire()),
        shared.work.repeat(options.cleanUpInterval(), new RemoveEnded(storage)),
        shared.work.repeat(KEY_INTERVAL, new KeyUpkeep(shared.signingKeys)));
  }
}
