package io.mcpoauth.core;

import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.access.AccessWatches;
import io.mcpoauth.core.access.ChangeWatcher;
import io.mcpoauth.core.access.CheckAccess;
import io.mcpoauth.core.access.EndGrants;
import io.mcpoauth.core.access.GrantDirectory;
import io.mcpoauth.core.access.Introspect;
import io.mcpoauth.core.access.LiveTokens;
import io.mcpoauth.core.access.ProviderTokenRefresh;
import io.mcpoauth.core.access.ProviderTokens;
import io.mcpoauth.core.access.SessionIds;
import io.mcpoauth.core.access.TokenReturn;
import io.mcpoauth.core.access.WatchedGrants;
import io.mcpoauth.core.account.ConnectedApps;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.BeginSignIn;
import io.mcpoauth.core.authorize.ConsentPages;
import io.mcpoauth.core.authorize.ConsentTickets;
import io.mcpoauth.core.authorize.DecideConsent;
import io.mcpoauth.core.authorize.FinishAccountSignIn;
import io.mcpoauth.core.authorize.FinishSignIn;
import io.mcpoauth.core.authorize.IssueCode;
import io.mcpoauth.core.authorize.Providers;
import io.mcpoauth.core.authorize.RecallConsent;
import io.mcpoauth.core.authorize.RememberedConsents;
import io.mcpoauth.core.authorize.RequestChecks;
import io.mcpoauth.core.authorize.StartAuthorization;
import io.mcpoauth.core.cleanup.RemoveEnded;
import io.mcpoauth.core.client.ClientAuthenticator;
import io.mcpoauth.core.client.ClientDirectory;
import io.mcpoauth.core.client.ClientRegistration;
import io.mcpoauth.core.client.RedirectPolicy;
import io.mcpoauth.core.client.RegisteredClients;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.client.assertion.AssertionRules;
import io.mcpoauth.core.client.document.ClientDocumentSettings;
import io.mcpoauth.core.client.document.ClientDocuments;
import io.mcpoauth.core.keys.AccessTokens;
import io.mcpoauth.core.keys.EncryptionKeyCheck;
import io.mcpoauth.core.keys.IdentityTokens;
import io.mcpoauth.core.keys.KeySchedule;
import io.mcpoauth.core.keys.KeyUpkeep;
import io.mcpoauth.core.keys.SealedSigningKeys;
import io.mcpoauth.core.keys.SigningKeys;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.limit.RateLimiter;
import io.mcpoauth.core.metadata.MetadataDocuments;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.profile.GrantProfiles;
import io.mcpoauth.core.profile.SealRenewal;
import io.mcpoauth.core.revoke.RevokeToken;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.session.Sessions;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.GrantSelection.OfClient;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.token.IssueTokens;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts an {@link AuthorizationServer} together. Not safe for use by several threads. */
public final class AuthorizationServerBuilder {

  /**
   * Requests of one client to the token, revocation and introspection endpoints: well above what
   * one address may send, so that no stranger alone uses up what is a public client's.
   */
  public static final RateLimit STANDARD_CLIENT_LIMIT = RateLimit.perMinute(30_000);

  private static final int UPKEEP_THREADS = 16;
  private static final int MAX_WAITING_UPKEEP = 10_000;
  private static final Duration KEY_INTERVAL = Duration.ofMinutes(1);
  private static final Duration MAX_FEED_SILENCE = Duration.ofSeconds(30);

  private final ServerSettings settings;
  private final Storage storage;
  private final KeyRing keys;
  private final List<IdentityProvider> providers;
  private SecretSource random = SecretSource.system();
  private InstantSource clock = InstantSource.system();
  private AccessPolicy policy = AccessPolicy.everybody();
  private ClientDocumentSettings clientDocuments = ClientDocumentSettings.standard();
  private RegistrationSettings registration = RegistrationSettings.open();
  private AuditLog audit = AuditLog.toLogger();
  private Duration cleanUpInterval = Duration.ofHours(1);
  private Duration consentMemory = Duration.ZERO;
  private Duration signingKeyAge = KeySchedule.STANDARD_MAX_AGE;
  private RateLimit clientLimit = STANDARD_CLIENT_LIMIT;
  private RateLimit grantLimit = RateLimit.none();

  AuthorizationServerBuilder(
      ServerSettings settings, Storage storage, KeyRing keys, List<IdentityProvider> providers) {
    this.settings = settings;
    this.storage = storage;
    this.keys = keys;
    this.providers = List.copyOf(providers);
  }

  /** Randomness from elsewhere than the operating system, for tests. */
  public AuthorizationServerBuilder random(SecretSource random) {
    this.random = random;
    return this;
  }

  /** Time from elsewhere than the operating system, for tests. */
  public AuthorizationServerBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /** Whom to let in, where not everybody for whom a provider vouches. */
  public AuthorizationServerBuilder accessPolicy(AccessPolicy policy) {
    this.policy = policy;
    return this;
  }

  /** Client ID metadata documents with other than the standard settings, or none. */
  public AuthorizationServerBuilder clientDocuments(ClientDocumentSettings clientDocuments) {
    this.clientDocuments = clientDocuments;
    return this;
  }

  /** Dynamic client registration that is not open to everybody, or none. */
  public AuthorizationServerBuilder registration(RegistrationSettings registration) {
    this.registration = registration;
    return this;
  }

  /** How often a client may use its endpoints, where not as the standard says. */
  public AuthorizationServerBuilder clientLimit(RateLimit limit) {
    this.clientLimit = limit;
    return this;
  }

  /** How often a grant may be used at protected resources, where there is to be a limit. */
  public AuthorizationServerBuilder grantLimit(RateLimit limit) {
    this.grantLimit = limit;
    return this;
  }

  /** Who takes note of what happens, where not the logger {@value AuditLog#LOGGER}. */
  public AuthorizationServerBuilder auditLog(AuditLog audit) {
    this.audit = audit;
    return this;
  }

  /** How often what has ended is removed from storage, where not each hour. */
  public AuthorizationServerBuilder cleanUpInterval(Duration cleanUpInterval) {
    this.cleanUpInterval = cleanUpInterval;
    return this;
  }

  /**
   * For how long users can let their browser remember an approval, where they are not to be asked
   * each time; for clients at https redirect URIs alone.
   */
  public AuthorizationServerBuilder consentMemory(Duration consentMemory) {
    this.consentMemory = consentMemory;
    return this;
  }

  /** How old a signing key becomes before another follows it, where not 90 days; at least a day. */
  public AuthorizationServerBuilder signingKeyAge(Duration signingKeyAge) {
    this.signingKeyAge = signingKeyAge;
    return this;
  }

  /**
   * The server, with its background work begun. Storage need not answer yet.
   *
   * @throws IllegalArgumentException when there is no provider, or two have the same id
   */
  public AuthorizationServer build() {
    AuditLog audit = AuditLog.harmless(this.audit);
    String issuer = settings.issuer().toString();
    Lifetimes lifetimes = settings.lifetimes();
    Providers providers = new Providers(this.providers, URI.create(settings.endpoint("/callback")));
    GrantProfiles profiles = new GrantProfiles(keys, random);
    SigningKeys signingKeys = signingKeys();
    AccessTokens accessTokens = new AccessTokens(issuer, signingKeys);
    OpaqueTokens codes = new OpaqueTokens(keys, "mcpc_");
    OpaqueTokens refreshTokens = new OpaqueTokens(keys, "mcpr_");
    ConsentTickets tickets = new ConsentTickets(keys, random, clock, lifetimes.login());
    RedirectPolicy redirectPolicy =
        new RedirectPolicy(settings.origin(), RedirectPolicy.KNOWN_APPLICATION_SCHEMES);
    ClientDirectory clients = clients(redirectPolicy);
    ClientAuthenticator authenticator =
        new ClientAuthenticator(
            clients,
            new AssertionRules(issuer, storage.assertions(), clock),
            new RateLimiter(clientLimit, clock));
    GrantDirectory directory =
        new GrantDirectory(storage.grants(), profiles, Lifetimes.MAX_ACCESS_TOKEN);
    ExecutorService upkeep = upkeepExecutor();
    GrantStore grants =
        new WatchedGrants(
            storage.grants(),
            directory::apply,
            audit,
            new TokenReturn(storage.grants(), profiles, this.providers, upkeep)::after);
    EndGrants endGrants = new EndGrants(grants);
    ScheduledExecutorService scheduler = scheduler();
    ChangeWatcher watcher =
        new ChangeWatcher(
            storage.changes(),
            directory,
            clock,
            Lifetimes.MAX_ACCESS_TOKEN.plus(MAX_FEED_SILENCE),
            MAX_FEED_SILENCE,
            scheduler);
    LiveTokens liveTokens = new LiveTokens(accessTokens, directory, watcher);
    ProviderTokenRefresh refresh =
        new ProviderTokenRefresh(
            storage.profiles(), profiles, directory, this.providers, policy, audit, upkeep);
    ClientRegistration clientRegistration =
        ClientRegistration.of(
            new ClientRegistration.Parts(
                storage,
                redirectPolicy,
                keys,
                random,
                clock,
                client -> endGrants.end(new OfClient(client), RevocationReason.CLIENT_DELETED),
                audit),
            registration,
            settings.endpoint("/register"));
    Sessions sessions = new Sessions(storage.sessions(), keys, random);
    BeginSignIn signIns =
        new BeginSignIn(storage.logins(), providers, keys, random, lifetimes.login());
    RememberedConsents remembered = new RememberedConsents(keys, random, clock, consentMemory);
    ConsentPages pages = new ConsentPages(tickets, remembered, providers.choices(), random);
    RecallConsent recall =
        new RecallConsent(remembered, signIns, pages, clients, grants, random, audit);
    return new StandardAuthorizationServer(
        new StandardAuthorizationServer.Parts(
            settings,
            storage,
            new EncryptionKeyCheck(storage.encryptionKey(), keys),
            signingKeys,
            new StartAuthorization(
                clients,
                new RequestChecks(settings.resources(), settings.scopesSupported()),
                pages,
                recall,
                issuer,
                audit),
            new DecideConsent(
                clients,
                storage.logins(),
                tickets,
                remembered,
                signIns,
                issuer,
                lifetimes.login(),
                audit),
            signIns,
            new ConnectedApps(sessions, grants, storage.clients(), providers.choices()),
            new FinishSignIn(
                storage.logins(),
                providers,
                policy,
                new IssueCode(
                    clients, storage.grants(), profiles, codes, random, lifetimes.code(), audit),
                new FinishAccountSignIn(sessions, audit),
                recall,
                issuer,
                keys,
                random,
                audit),
            new IssueTokens(
                new IssueTokens.Parts(
                    authenticator,
                    grants,
                    codes,
                    refreshTokens,
                    profiles,
                    new SealRenewal(storage.profiles(), profiles),
                    policy,
                    accessTokens,
                    random,
                    audit),
                lifetimes.accessToken(),
                new RefreshLifetime(lifetimes.refreshTokenIdle(), lifetimes.refreshTokenAbsolute()),
                lifetimes.refreshReuseWindow()),
            new RevokeToken(authenticator, grants, refreshTokens, accessTokens, audit),
            clientRegistration,
            new CheckAccess(
                liveTokens, new ProviderTokens(refresh, clock), new RateLimiter(grantLimit, clock)),
            new IdentityTokens(issuer, signingKeys, clock),
            new SessionIds(keys),
            new AccessWatches(directory, upkeep),
            new Introspect(authenticator, liveTokens, issuer, audit),
            watcher,
            new MetadataDocuments(
                issuer,
                settings.scopesSupported(),
                new MetadataDocuments.Offers(
                    clientDocuments.isEnabled(), registration.isOffered())),
            clients,
            List.of(
                repeat(cleanUpInterval, clientRegistration.expire(), scheduler, upkeep),
                repeat(cleanUpInterval, new RemoveEnded(storage), scheduler, upkeep),
                repeat(KEY_INTERVAL, new KeyUpkeep(signingKeys), scheduler, upkeep)),
            scheduler,
            upkeep,
            audit));
  }

  private SigningKeys signingKeys() {
    return new SigningKeys(
        storage.signingKeys(),
        new SealedSigningKeys(keys, random),
        new KeySchedule(signingKeyAge, settings.lifetimes().accessToken()),
        clock);
  }

  private ClientDirectory clients(RedirectPolicy redirectPolicy) {
    ClientDirectory registered = new RegisteredClients(storage.clients());
    return clientDocuments.isEnabled()
        ? new ClientDocuments(registered, clientDocuments, redirectPolicy, clock)
        : registered;
  }

  /** Not on the scheduler's own thread, on which the change feed must not wait. */
  private static ScheduledFuture<?> repeat(
      Duration interval, Runnable work, ScheduledExecutorService scheduler, Executor upkeep) {
    Runnable start =
        () -> {
          try {
            upkeep.execute(work);
          } catch (RejectedExecutionException e) {
            // Too much to do now, or closing. Nothing is lost until the next time.
          }
        };
    long seconds = interval.toSeconds();
    return scheduler.scheduleWithFixedDelay(start, seconds, seconds, TimeUnit.SECONDS);
  }

  private static ScheduledExecutorService scheduler() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> daemon(task, "mcp-oauth-change-feed"));
  }

  /** Bounded, so that a provider that hangs holds up refreshes and nothing else. */
  private static ExecutorService upkeepExecutor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            UPKEEP_THREADS,
            UPKEEP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING_UPKEEP),
            task -> daemon(task, "mcp-oauth-provider-tokens"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
