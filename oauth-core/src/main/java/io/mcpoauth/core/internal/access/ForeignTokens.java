package io.mcpoauth.core.internal.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.internal.limit.RateLimiter;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.credential.CredentialAnswer;
import io.mcpoauth.core.spi.credential.CredentialAnswer.Accepted;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a bearer token that is none of ours may use a resource. The same rules hold as for ours:
 * whom the operator lets in, which scopes are needed, how often, and how many bad ones one source
 * may send.
 */
public final class ForeignTokens {

  private static final Logger log = LoggerFactory.getLogger(ForeignTokens.class);
  private static final int MAX_TOKENS = 10_000;

  private final List<CredentialChecker> checkers;
  private final AccessPolicy policy;
  private final RateLimiter limiter;
  private final ForgedTokens forged;

  /** Tokens that were good once are looked at, whatever else comes from their source. */
  private final Cache<String, Boolean> seen = Caffeine.newBuilder().maximumSize(MAX_TOKENS).build();

  /**
   * Tokens that one of these checkers accepts.
   *
   * @param limiter counts the requests of each user
   * @param forged counts tokens that nobody accepts
   */
  public ForeignTokens(
      List<CredentialChecker> checkers,
      AccessPolicy policy,
      RateLimiter limiter,
      ForgedTokens forged) {
    this.checkers = List.copyOf(checkers);
    this.policy = policy;
    this.limiter = limiter;
    this.forged = forged;
  }

  /**
   * Decides; an outage of a checker counts only when no other accepts the token.
   *
   * @param source as {@link ForgedTokens#verify} wants it
   */
  AccessDecision check(String token, ProtectedResource resource, @Nullable Supplier<?> source) {
    if (checkers.isEmpty()) {
      return Challenges.badToken(resource);
    }
    if (seen.getIfPresent(token) != null) {
      return ask(token, resource, () -> {});
    }
    Object sender = source == null ? null : source.get();
    Optional<ForgedTokens.Unseen> refused = forged.refusal(sender);
    if (refused.isEmpty()) {
      return ask(token, resource, () -> forged.count(sender));
    }
    Duration wait = refused.get().retryAfter();
    return wait == null
        ? new AccessDecision.Unavailable()
        : new AccessDecision.TooManyRequests(wait);
  }

  private AccessDecision ask(String token, ProtectedResource resource, Runnable onForged) {
    boolean unavailable = false;
    boolean rejected = false;
    for (CredentialChecker checker : checkers) {
      CredentialAnswer answer = checker.check(Secret.of(token), resource.uri());
      if (answer instanceof Accepted accepted) {
        seen.put(token, true);
        return decide(checker, accepted, resource);
      }
      if (answer instanceof CredentialAnswer.Unavailable outage) {
        log.warn("Tokens of {} cannot be checked: {}", checker.id(), outage.cause());
        unavailable = true;
      }
      rejected |= answer instanceof CredentialAnswer.Rejected;
    }
    if (unavailable) {
      return new AccessDecision.Unavailable();
    }
    if (rejected) {
      onForged.run();
    }
    return Challenges.badToken(resource);
  }

  private AccessDecision decide(
      CredentialChecker checker, Accepted accepted, ProtectedResource resource) {
    if (!accepted.user().id().startsWith(checker.id() + ":") || !policy.permits(accepted.user())) {
      return Challenges.badToken(resource);
    }
    Scopes scopes = accepted.scopes().retain(resource.scopesSupported());
    if (!scopes.containsAll(resource.scopesRequired())) {
      return Challenges.insufficientScope(resource);
    }
    Optional<Duration> wait = limiter.take(accepted.user().id());
    return wait.isPresent()
        ? new AccessDecision.TooManyRequests(wait.get())
        : new Granted(accepted.user(), accepted.clientId(), "", "", scopes, null);
  }
}
