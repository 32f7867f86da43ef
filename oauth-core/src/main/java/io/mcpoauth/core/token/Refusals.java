package io.mcpoauth.core.token;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;

/** What both grant types refuse alike. */
final class Refusals {

  private Refusals() {}

  static TokenOutcome refuse(ErrorCode code, String description) {
    return new TokenOutcome.Refused(new OAuthError(code, description));
  }

  static TokenOutcome foreignResource() {
    return refuse(ErrorCode.INVALID_TARGET, "resource is not the one that was granted");
  }

  /**
   * Whether all {@code resource} parameters mean the granted one (RFC 8707 section 2.2). The bare
   * origin counts, as it does in the authorization request.
   */
  static boolean namesOnly(Parameters form, ResourceUri granted) {
    return form.all("resource").stream()
        .allMatch(
            text ->
                ResourceUri.parse(text)
                    .filter(uri -> uri.equals(granted) || uri.value().equals(granted.origin()))
                    .isPresent());
  }
}
