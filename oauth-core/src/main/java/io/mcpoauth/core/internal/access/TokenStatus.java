package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import java.time.Duration;

/** What is known of an access token now. */
sealed interface TokenStatus {

  /** It is ours, for that resource, and neither expired nor revoked. */
  record Live(AccessTokenClaims claims, KnownGrant grant) implements TokenStatus {}

  /** It is not, for whatever reason. */
  record Dead() implements TokenStatus {}

  /** It does not even look like one of ours. */
  record NotOurs() implements TokenStatus {}

  /** A revocation might have been missed, or we have no time to find out. */
  record Unknown() implements TokenStatus {}

  /** It was not looked at: its source may send another after that time. */
  record Unseen(Duration retryAfter) implements TokenStatus {}
}
