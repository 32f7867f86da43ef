package io.mcpoauth.core.internal.token;

import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.token.TokenOutcome;

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
   * Whether what the form names (RFC 8707 section 2.2) is the granted one alone, as in the
   * authorization request, or the granted one although it is not offered any more.
   */
  static boolean namesOnly(Parameters form, ResourceUri granted, OfferedResources resources) {
    return form.all("resource").stream()
        .allMatch(
            text ->
                resources
                    .named(text)
                    .map(ProtectedResource::uri)
                    .or(() -> ResourceUri.parse(text))
                    .filter(granted::equals)
                    .isPresent());
  }
}
