package io.mcpoauth.core.access;

import io.mcpoauth.core.keys.AccessTokenClaims;

/** What is known of an access token now. */
sealed interface TokenStatus {

  /** It is ours, for that resource, and neither expired nor revoked. */
  record Live(AccessTokenClaims claims, KnownGrant grant) implements TokenStatus {}

  /** It is not, for whatever reason. */
  record Dead() implements TokenStatus {}

  /** A revocation might have been missed. */
  record Unknown() implements TokenStatus {}
}
