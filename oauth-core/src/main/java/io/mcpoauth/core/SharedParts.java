package io.mcpoauth.core;

import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.client.document.ClientDocuments;
import io.mcpoauth.core.internal.access.ChangeWatcher;
import io.mcpoauth.core.internal.access.ForgedTokens;
import io.mcpoauth.core.internal.access.GrantDirectory;
import io.mcpoauth.core.internal.access.LiveTokens;
import io.mcpoauth.core.internal.access.TokenReturn;
import io.mcpoauth.core.internal.access.WatchedGrants;
import io.mcpoauth.core.internal.authorize.Providers;
import io.mcpoauth.core.internal.client.ClientAuthenticator;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.internal.client.RegisteredClients;
import io.mcpoauth.core.internal.client.assertion.AssertionRules;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.internal.keys.SealedSigningKeys;
import io.mcpoauth.core.internal.keys.SigningKeys;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.session.Sessions;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;

/** What several features of one server need, each made once. */
final class SharedParts {

  private static final Duration MAX_FEED_SILENCE = Duration.ofSeconds(30);

  final ServerOptions options;
  final String issuer;
  final BackgroundWork work = BackgroundWork.begin();
  final Providers providers;
  final GrantProfiles profiles;
  final SigningKeys signingKeys;
  final AccessTokens accessTokens;
  final OfferedResources resources;
  final OpaqueTokens codes;
  final OpaqueTokens refreshTokens;
  final RedirectPolicy redirectPolicy;
  final ClientDirectory clients;
  final ClientAuthenticator authenticator;
  final GrantDirectory directory;
  final WatchedGrants grants;
  final ChangeWatcher watcher;
  final LiveTokens liveTokens;
  final Sessions sessions;

  /**
   * Makes them.
   *
   * @throws IllegalArgumentException when there is no provider, or two have the same id
   */
  SharedParts(ServerOptions options) {
    ServerSettings settings = options.settings();
    this.options = options;
    this.issuer = settings.issuer().toString();
    this.providers =
        new Providers(
            options.providers(),
            URI.create(settings.endpoint("/callback")),
            options.credentials().stream()
                .map(CredentialChecker::id)
                .collect(Collectors.toUnmodifiableSet()));
    this.profiles = new GrantProfiles(options.keys(), options.random());
    this.signingKeys = signingKeys(options);
    this.accessTokens = new AccessTokens(issuer, signingKeys);
    this.resources = new OfferedResources(settings.resources());
    this.codes = new OpaqueTokens(options.keys(), "mcpc_");
    this.refreshTokens = new OpaqueTokens(options.keys(), "mcpr_");
    this.redirectPolicy =
        new RedirectPolicy(settings.origin(), RedirectPolicy.KNOWN_APPLICATION_SCHEMES);
    this.clients = clients(options, redirectPolicy);
    this.authenticator = authenticator(options, clients, issuer);
    this.directory = new GrantDirectory(options.storage().grants(), profiles);
    this.grants =
        new WatchedGrants(
            options.storage().grants(),
            directory::apply,
            options.audit(),
            new TokenReturn(
                    options.storage().grants(), profiles, options.providers(), work.providers())
                ::after);
    this.watcher = watcher(options, directory, work);
    this.liveTokens =
        new LiveTokens(
            accessTokens,
            directory,
            watcher,
            new ForgedTokens(options.forgedTokenLimit(), options.clock()));
    this.sessions = new Sessions(options.storage().sessions(), options.keys(), options.random());
  }

  private static SigningKeys signingKeys(ServerOptions options) {
    return new SigningKeys(
        options.storage().signingKeys(),
        new SealedSigningKeys(options.keys(), options.random()),
        new KeySchedule(options.signingKeyAge(), Lifetimes.MAX_ACCESS_TOKEN),
        options.clock());
  }

  private static ClientDirectory clients(ServerOptions options, RedirectPolicy redirectPolicy) {
    ClientDirectory registered = new RegisteredClients(options.storage().clients());
    return options.clientDocuments().isEnabled()
        ? new ClientDocuments(
            registered, options.clientDocuments(), redirectPolicy, options.clock())
        : registered;
  }

  private static ClientAuthenticator authenticator(
      ServerOptions options, ClientDirectory clients, String issuer) {
    return new ClientAuthenticator(
        clients,
        new AssertionRules(issuer, options.storage().assertions(), options.clock()),
        new RateLimiter(options.clientLimit(), options.clock()));
  }

  private static ChangeWatcher watcher(
      ServerOptions options, GrantDirectory directory, BackgroundWork work) {
    return new ChangeWatcher(
        options.storage().changes(),
        directory,
        options.clock(),
        MAX_FEED_SILENCE,
        work.scheduler());
  }
}
