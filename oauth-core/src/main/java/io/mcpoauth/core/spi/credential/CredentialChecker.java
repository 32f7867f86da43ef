package io.mcpoauth.core.spi.credential;

import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;

/**
 * Judges bearer tokens of somebody else's, such as the access tokens of a company's own
 * authorization server. Asked at each request with a token that is none of ours; safe for many
 * threads; answers within ten seconds.
 */
public interface CredentialChecker {

  /**
   * A short name in lower case. The ids of its users begin with it and a colon, so that they are
   * never taken for users of a provider.
   */
  String id();

  /**
   * Judges a token. Expiry and everything else that time changes is judged anew each time.
   *
   * @param resource what the token has to be meant for (RFC 8707); a checker that cannot tell
   *     rejects it
   */
  CredentialAnswer check(Secret token, ResourceUri resource);
}
