package io.mcpoauth.core.authorize;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the authorization endpoint (OAuth 2.1 section 4.1.1).
 *
 * @param browserSecret the value of the consent cookie; null when the browser has none
 * @param approvals the value of the approvals cookie; null when the browser has none
 * @param isUsersOwn whether the browser says that no page of another site led here ({@code
 *     Sec-Fetch-Site}); false when it says nothing
 */
public record AuthorizeRequest(
    Parameters parameters,
    @Nullable Secret browserSecret,
    @Nullable Secret approvals,
    boolean isUsersOwn) {

  /** From a browser that remembers nothing. */
  public AuthorizeRequest(Parameters parameters, @Nullable Secret browserSecret) {
    this(parameters, browserSecret, null, false);
  }
}
