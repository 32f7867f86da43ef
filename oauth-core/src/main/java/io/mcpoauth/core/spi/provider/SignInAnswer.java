package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;

/** How a sign-in ended. */
public sealed interface SignInAnswer {

  /** The provider vouches for this user. */
  record SignedIn(User user, UpstreamTokens tokens) implements SignInAnswer {}

  /** The user, or the provider's policy, said no. */
  record Denied() implements SignInAnswer {}

  /**
   * The provider vouches for the user, but the operator's rules for it do not let the user in.
   *
   * @param rule the one that does not, in words for the log
   */
  record NotAllowed(User user, String rule) implements SignInAnswer {}

  /**
   * The response names another issuer than the one that was asked (RFC 9207 section 2.4): somebody
   * mixes up two providers, and the client is not to hear of it.
   */
  record WrongIssuer() implements SignInAnswer {}

  /**
   * What the provider sent proves nothing: a token of another issuer, wrong nonce, signature, no
   * subject.
   *
   * @param cause for the log, without secrets
   */
  record Rejected(String cause) implements SignInAnswer {}

  /**
   * The provider cannot be reached or is out of order.
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements SignInAnswer {}
}
