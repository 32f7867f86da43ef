package io.mcpoauth.core.internal.client.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.spi.storage.AssertionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What an assertion must say (RFC 7523 section 3), whoever signed it: that it is of the client, for
 * us alone, now, and for the first time.
 */
public final class AssertionRules {

  private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

  /** How far a client's clock may be from ours. */
  private static final Duration TOLERANCE = Duration.ofSeconds(30);

  /**
   * Longer than any acceptable assertion lives, by any instance's clock: a spent one must not come
   * back where the time is a little behind.
   */
  private static final Duration REMEMBERED = Duration.ofMinutes(15);

  private static final int MAX_ID_LENGTH = 256;

  private final String issuer;
  private final AssertionStore used;
  private final InstantSource clock;

  /** Rules of that issuer. */
  public AssertionRules(String issuer, AssertionStore used, InstantSource clock) {
    this.issuer = issuer;
    this.used = used;
    this.clock = clock;
  }

  /** Whether the claims are acceptable now. Says nothing about signature and first use. */
  public boolean areMetBy(ClientAssertion assertion) {
    ObjectNode claims = assertion.claims();
    String subject = assertion.clientId();
    return subject != null
        && subject.equals(Json.text(claims, "iss"))
        && isForUs(claims)
        && isIdentified(claims)
        && isCurrent(claims);
  }

  /** Whether nobody used the assertion before; from now on somebody has. */
  public boolean isFirstUseOf(ClientAssertion assertion) {
    ObjectNode claims = assertion.claims();
    return used.remember(
        Json.requiredText(claims, "sub"), Json.requiredText(claims, "jti"), REMEMBERED);
  }

  /**
   * One string, equal to the issuer. A list, or the URL of an endpoint, might be meant for another
   * server too, which could then present it to us (CA-11).
   */
  private boolean isForUs(ObjectNode claims) {
    return issuer.equals(Json.text(claims, "aud"));
  }

  private static boolean isIdentified(ObjectNode claims) {
    String id = Json.text(claims, "jti");
    return id != null && !id.isEmpty() && id.length() <= MAX_ID_LENGTH;
  }

  private boolean isCurrent(ObjectNode claims) {
    Instant now = clock.instant();
    double earliestEnd = seconds(now.minus(TOLERANCE));
    double latestEnd = seconds(now.plus(MAX_LIFETIME).plus(TOLERANCE));
    double latestStart = seconds(now.plus(TOLERANCE));
    JsonNode end = claims.path("exp");
    return end.isNumber()
        && end.doubleValue() > earliestEnd
        && end.doubleValue() <= latestEnd
        && hasBegun(claims.get("nbf"), latestStart)
        && hasBegun(claims.get("iat"), latestStart);
  }

  private static boolean hasBegun(@Nullable JsonNode start, double latest) {
    return start == null || (start.isNumber() && start.doubleValue() <= latest);
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1_000.0;
  }
}
