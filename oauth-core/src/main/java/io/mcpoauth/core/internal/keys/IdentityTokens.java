package io.mcpoauth.core.internal.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Signed statements to an MCP server of who a request is from, so that it need not trust the
 * network in between. Of another type than access tokens, so that neither passes for the other (RFC
 * 8725 section 3.11).
 *
 * <p>One serves a grant's requests for a minute, so that few requests wait for a signature.
 * Bounded; safe for use by several threads.
 */
public final class IdentityTokens {

  /** How long a server may believe one; it is four minutes at least when it arrives. */
  public static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final String TYPE = "identity+jwt";
  private static final Duration REUSE = Duration.ofMinutes(1);
  private static final int MAX_TOKENS = 100_000;

  private final String issuer;
  private final JwtSigner signer;
  private final InstantSource clock;
  private final Cache<String, Issued> recent =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /** Tokens of that issuer. */
  public IdentityTokens(String issuer, SigningKeys keys, InstantSource clock) {
    this.issuer = issuer;
    this.signer = new JwtSigner(keys);
    this.clock = clock;
  }

  /**
   * Whom a statement is about.
   *
   * @param grantId on which the request is made, or what else tells it from others
   * @param audience the MCP server that is told
   */
  public record Subject(String grantId, User user, String clientId, ResourceUri audience) {}

  private record Issued(Subject subject, Secret token, Instant at) {

    boolean serves(Subject other, Instant now) {
      return subject.equals(other) && !now.isBefore(at) && now.isBefore(at.plus(REUSE));
    }
  }

  /** A signed token that says that, at most a minute old. */
  public Secret of(Subject subject) {
    return recent(subject).orElseGet(() -> renew(subject, clock.instant()).token());
  }

  /** The one that serves now, if there is one. */
  public Optional<Secret> recent(Subject subject) {
    Issued known = recent.getIfPresent(subject.grantId());
    return known != null && known.serves(subject, clock.instant())
        ? Optional.of(known.token())
        : Optional.empty();
  }

  /** Requests that come at once wait for one signature. */
  private Issued renew(Subject subject, Instant now) {
    return recent
        .asMap()
        .compute(
            subject.grantId(),
            (id, known) ->
                known != null && known.serves(subject, now)
                    ? known
                    : new Issued(subject, signer.sign(TYPE, payload(subject, now)), now));
  }

  private Map<String, Object> payload(Subject subject, Instant now) {
    User user = subject.user();
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("iss", issuer);
    payload.put("sub", user.id());
    payload.put("aud", subject.audience().value());
    payload.put("client_id", subject.clientId());
    payload.put("iat", now.getEpochSecond());
    payload.put("exp", now.plus(LIFETIME).getEpochSecond());
    if (user.email() != null) {
      payload.put("email", user.email());
      payload.put("email_verified", true);
    }
    if (user.name() != null) {
      payload.put("name", user.name());
    }
    return payload;
  }
}
