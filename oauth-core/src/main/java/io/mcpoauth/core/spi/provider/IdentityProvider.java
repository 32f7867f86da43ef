package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import java.util.List;

/**
 * A place where users sign in.
 *
 * <p>Methods are called by many threads at once, may block on the network, but never longer than
 * about ten seconds. They throw nothing: every outcome is an answer. Nothing of a provider's answer
 * is logged except its {@code error} code.
 *
 * <p>The ids of its users begin with its own id and a colon, as in {@code acme:4711}, so that no
 * other provider can speak of them. Of several providers only the first may leave that out; a user
 * with any other id is refused.
 */
public interface IdentityProvider {

  /** Lower-case letters, digits and hyphens; stands in URLs and is kept with each grant. */
  String id();

  /** What users know it by. */
  String displayName();

  /** Where to send the browser. */
  StartAnswer start(SignInRequest request);

  /** Makes tokens and a verified profile of what the provider sent back. */
  SignInAnswer finish(SignInCallback callback);

  /**
   * Replaces the provider's access token. Takes eight seconds at most: meanwhile all instances wait
   * for this one.
   */
  RefreshAnswer refresh(UpstreamTokens tokens);

  /**
   * Gives tokens back because nobody here needs them any more. Called once, and its failure has no
   * consequence. By default the provider has no way to do that.
   */
  default RevokeAnswer revoke(UpstreamTokens tokens) {
    return new RevokeAnswer.NotOffered();
  }

  /**
   * Tries whatever can be tried without a user, for an operator who wants to know whether the
   * configuration works. By default, whether a sign-in can begin.
   *
   * @param request of a sign-in that nobody will finish
   */
  default List<Finding> examine(SignInRequest request) {
    StartAnswer answer = start(request);
    return List.of(
        answer instanceof StartAnswer.Unavailable unavailable
            ? Finding.broken("no sign-in can begin: " + unavailable.cause(), "")
            : Finding.sound("a sign-in begins, to come back to " + request.redirectUri()));
  }
}
