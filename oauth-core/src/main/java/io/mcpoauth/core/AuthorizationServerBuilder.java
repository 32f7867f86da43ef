package io.mcpoauth.core;

import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.client.document.ClientDocumentSettings;
import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Puts an {@link AuthorizationServer} together. Not safe for use by several threads. */
public final class AuthorizationServerBuilder {

  /**
   * Requests of one client to the token, revocation and introspection endpoints: well above what
   * one address may send, so that no stranger alone uses up what is a public client's.
   */
  public static final RateLimit STANDARD_CLIENT_LIMIT = RateLimit.perMinute(30_000);

  /** Forged access tokens of one source: none but an attacker sends any. */
  public static final RateLimit STANDARD_FORGED_TOKEN_LIMIT = RateLimit.perMinute(600);

  private final ServerSettings settings;
  private final Storage storage;
  private final KeyRing keys;
  private final List<IdentityProvider> providers;
  private SecretSource random = SecretSource.system();
  private InstantSource clock = InstantSource.system();
  private AccessPolicy policy = AccessPolicy.everybody();
  private List<CredentialChecker> credentials = List.of();
  private ClientDocumentSettings clientDocuments = ClientDocumentSettings.standard();
  private RegistrationSettings registration = RegistrationSettings.open();
  private AuditLog audit = AuditLog.toLogger();
  private Duration cleanUpInterval = Duration.ofHours(1);
  private Duration consentMemory = Duration.ZERO;
  private Duration signingKeyAge = KeySchedule.STANDARD_MAX_AGE;
  private RateLimit clientLimit = STANDARD_CLIENT_LIMIT;
  private RateLimit grantLimit = RateLimit.none();
  private RateLimit forgedTokenLimit = STANDARD_FORGED_TOKEN_LIMIT;

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

  /** Who else than this server vouches for bearer tokens at protected resources. */
  public AuthorizationServerBuilder credentials(List<CredentialChecker> checkers) {
    this.credentials = List.copyOf(checkers);
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

  /**
   * How many access tokens with a wrong signature one source may send to protected resources before
   * its unknown tokens are not looked at, where not as the standard says. Where there is no limit,
   * there is none for all together either.
   */
  public AuthorizationServerBuilder forgedTokenLimit(RateLimit limit) {
    this.forgedTokenLimit = limit;
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
   * @throws IllegalArgumentException when there is no provider, or two of those who vouch for users
   *     have the same id
   */
  public AuthorizationServer build() {
    return new Assembly(
            new SharedParts(
                new ServerOptions(
                    settings,
                    storage,
                    keys,
                    providers,
                    random,
                    clock,
                    policy,
                    credentials,
                    clientDocuments,
                    registration,
                    AuditLog.harmless(audit),
                    cleanUpInterval,
                    consentMemory,
                    signingKeyAge,
                    clientLimit,
                    grantLimit,
                    forgedTokenLimit)))
        .server();
  }
}
