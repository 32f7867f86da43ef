package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.internal.keys.AccessTokens;
import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.internal.keys.SealedSigningKeys;
import io.mcpoauth.core.internal.keys.SigningKeys;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.Storage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Grants as sign-ins would leave them, with the tokens that their clients would hold. They are put
 * into storage directly, since thousands of sign-ins would take longer than what is measured.
 */
public final class Grants {

  /** The key of the proxies that are measured; their databases last as long as the benchmark. */
  static final String ENCRYPTION_KEY = "YmVuY2htYXJrLWtleS1iZW5jaG1hcmsta2V5LWJlbmM=";

  /** What clients answer the challenge of every code with. */
  public static final String VERIFIER = "benchmark-verifier-benchmark-verifier-benchmark";

  /** The id of the one client. */
  public static final String CLIENT_ID = "benchmark";

  /** Where that client wants its codes. */
  public static final String REDIRECT_URI = "http://127.0.0.1/callback";

  private static final Duration LONG = Duration.ofDays(1);

  private final Storage storage;
  private final ProtectedResource resource;
  private final SecretSource random = SecretSource.system();
  private final GrantProfiles profiles;
  private final OpaqueTokens codes;
  private final OpaqueTokens refreshTokens;
  private final AccessTokens accessTokens;

  /** Grants for that resource of that issuer. */
  public Grants(Storage storage, URI issuer, ProtectedResource resource) {
    KeyRing keys = keys();
    this.storage = storage;
    this.resource = resource;
    this.profiles = new GrantProfiles(keys, random);
    this.codes = new OpaqueTokens(keys, "mcpc_");
    this.refreshTokens = new OpaqueTokens(keys, "mcpr_");
    SigningKeys signingKeys =
        new SigningKeys(
            storage.signingKeys(),
            new SealedSigningKeys(keys, random),
            new KeySchedule(KeySchedule.STANDARD_MAX_AGE, LONG),
            InstantSource.system());
    this.accessTokens = new AccessTokens(issuer.toString(), signingKeys);
  }

  /** The keys that everything in storage is sealed with. */
  public static KeyRing keys() {
    return KeyRing.ofBase64(List.of(Secret.of(ENCRYPTION_KEY)));
  }

  /** Registers the client that all grants are for. */
  public void registerClient() {
    storage
        .clients()
        .insert(
            new Client(
                CLIENT_ID,
                "Benchmark",
                List.of(new RedirectUri(REDIRECT_URI)),
                ClientAuthenticationMethod.NONE,
                null,
                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
                Client.Origin.DYNAMIC,
                "{}",
                Instant.EPOCH));
  }

  /** A code that waits for its client. */
  public String code() {
    return create().code().expose();
  }

  /** A grant in use: its access token. */
  public String accessToken() {
    return accessTokenOf(redeemed().grant()).expose();
  }

  /** A grant in use: its refresh token. */
  public String refreshToken() {
    return redeemed().refreshToken().expose();
  }

  private record Waiting(Grant grant, OpaqueToken code) {}

  private record Redeemed(Grant grant, OpaqueToken refreshToken) {}

  private Waiting create() {
    String id = random.identifier();
    Grant grant =
        new Grant(
            id,
            CLIENT_ID,
            "github:" + id,
            "github",
            ProxyServer.SCOPES,
            resource.uri(),
            profiles.seal(id, profile(id)),
            0);
    OpaqueToken code = codes.mint(random.identifier(), random);
    AuthorizationCode kept =
        new AuthorizationCode(
            code.id(),
            code.hash(),
            new RedirectUri(REDIRECT_URI),
            CodeChallenge.ofVerifier(VERIFIER));
    storage.grants().create(grant, kept, LONG);
    return new Waiting(grant, code);
  }

  private Redeemed redeemed() {
    Waiting waiting = create();
    OpaqueToken refreshToken = refreshTokens.mint(waiting.grant().id(), random);
    storage
        .grants()
        .redeem(waiting.code().id(), refreshToken.hash(), new RefreshLifetime(LONG, LONG));
    return new Redeemed(waiting.grant(), refreshToken);
  }

  private Secret accessTokenOf(Grant grant) {
    Instant now = Instant.now();
    return accessTokens.issue(
        new AccessTokenClaims(
            random.identifier(),
            grant.userId(),
            CLIENT_ID,
            resource.uri(),
            grant.scopes(),
            grant.id(),
            "ada@example.com",
            "Ada Lovelace",
            now,
            now.plus(LONG)));
  }

  private GrantProfile profile(String id) {
    return new GrantProfile(
        new User("github:" + id, "github", "ada@example.com", "Ada Lovelace"),
        new UpstreamTokens(random.secret(), null, null));
  }
}
