package io.mcpoauth.core.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.internal.Jose;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.credential.CredentialAnswer;
import io.mcpoauth.core.spi.credential.CredentialAnswer.Accepted;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;

/**
 * Accepts JWT access tokens (RFC 9068) of another authorization server: signed by a key that it
 * publishes, with its name, with an expiry, and meant for the resource or for an audience that the
 * operator named. Nothing of that is optional (RFC 8725).
 *
 * <p>The signature is verified once for each token; audience and times are looked at each time.
 */
public final class TrustedIssuer implements CredentialChecker {

  private static final int MAX_LENGTH = 8_192;
  private static final int MAX_TOKENS = 10_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  /** So that the tokens of a key that was withdrawn end, however long they were to live. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  /** RFC 9068 section 2.1; many servers still write {@code JWT}, or nothing. */
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt", "");

  private final Settings settings;
  private final InstantSource clock;
  private final PublishedKeys keys;
  private final Cache<String, ForeignClaims> verified =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).expireAfterWrite(MEMORY).build();

  /**
   * Whom to trust.
   *
   * @param id a short name in lower case; ids of its users begin with it
   * @param issuer the {@code iss} of its tokens, to the letter
   * @param keySet where it publishes its keys (RFC 7517): https, or http on this machine
   * @param audiences what else than the resource's URI its tokens may be meant for; by them a token
   *     is good for every resource
   */
  public record Settings(String id, String issuer, URI keySet, Set<String> audiences) {

    /**
     * @throws IllegalArgumentException with a phrase for the operator when one of them cannot work
     */
    public Settings {
      audiences = Set.copyOf(audiences);
      if (!id.matches("[a-z][a-z0-9-]{0,31}")) {
        throw new IllegalArgumentException(
            "the id of an issuer must be a short word in lower case");
      }
      if (issuer.isBlank() || SafeUri.parse(keySet.toString()).isEmpty()) {
        throw new IllegalArgumentException("an issuer needs the https URL of its key set");
      }
    }
  }

  private TrustedIssuer(Settings settings, HttpClient client, InstantSource clock) {
    GuardedHttp http = new GuardedHttp(client);
    this.settings = settings;
    this.clock = clock;
    this.keys = new PublishedKeys(clock, deadline -> http.get(settings.keySet(), deadline));
  }

  /**
   * A checker of that issuer's tokens.
   *
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public static CredentialChecker of(Settings settings, HttpClient client, InstantSource clock) {
    return new TrustedIssuer(settings, client, clock);
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public CredentialAnswer check(Secret token, ResourceUri resource) {
    ForeignClaims known = verified.getIfPresent(token.expose());
    if (known != null) {
      return judge(known, resource);
    }
    Optional<JsonWebSignature> signature = signatureOf(token);
    if (signature.isEmpty()) {
      return new CredentialAnswer.NotMine();
    }
    Fetched<Optional<JsonWebKey>> key = keys.keyOf(signature.get(), Deadline.in(TIMEOUT));
    if (key instanceof Fetched.Missed<Optional<JsonWebKey>> missed) {
      return new CredentialAnswer.Unavailable(missed.cause());
    }
    Optional<ForeignClaims> claims =
        ((Fetched.Got<Optional<JsonWebKey>>) key)
            .value()
            .flatMap(found -> claims(signature.get(), found));
    claims.ifPresent(found -> verified.put(token.expose(), found));
    return claims.map(found -> judge(found, resource)).orElseGet(CredentialAnswer.Rejected::new);
  }

  private CredentialAnswer judge(ForeignClaims claims, ResourceUri resource) {
    boolean meant =
        claims.audiences().contains(resource.value())
            || settings.audiences().stream().anyMatch(claims.audiences()::contains);
    return meant && claims.isTimely(clock.instant())
        ? new Accepted(claims.user(), claims.clientId(), claims.scopes())
        : new CredentialAnswer.Rejected();
  }

  /** A token that says it is this issuer's, so that nobody else's makes us fetch keys. */
  private Optional<JsonWebSignature> signatureOf(Secret token) {
    return token.expose().length() > MAX_LENGTH
        ? Optional.empty()
        : PublishedKeys.signatureOf(token)
            .filter(signature -> !PublishedKeys.hasRefusedHeader(signature))
            .filter(this::isAccessToken);
  }

  private boolean isAccessToken(JsonWebSignature signature) {
    Object type = signature.getHeaders().getObjectHeaderValue("typ");
    return TYPES.contains(type == null ? "" : type.toString().toLowerCase(Locale.ROOT))
        && JsonObject.parse(signature.getUnverifiedPayload())
            .filter(claims -> settings.issuer().equals(claims.text("iss")))
            .isPresent();
  }

  private Optional<ForeignClaims> claims(JsonWebSignature signature, JsonWebKey key) {
    return Jose.read(
            () -> {
              signature.setKey(key.getKey());
              return signature.verifySignature() ? signature.getPayload() : null;
            })
        .flatMap(JsonObject::parse)
        .flatMap(claims -> ForeignClaims.read(claims, settings.id()));
  }
}
