package io.mcpoauth.servlet.internal.message;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;

/** Header fields that every answer of ours carries. */
public final class SecurityHeaders {

  private static final HeaderField NO_SNIFFING =
      new HeaderField("X-Content-Type-Options", "nosniff");
  private static final HeaderField HTTPS_ONLY =
      new HeaderField("Strict-Transport-Security", "max-age=31536000");

  private SecurityHeaders() {}

  /** The fields; browsers are bound to HTTPS when the issuer is (WB-20). */
  public static List<HeaderField> of(ServerSettings settings) {
    return "https".equals(settings.issuer().getScheme())
        ? List.of(NO_SNIFFING, HTTPS_ONLY)
        : List.of(NO_SNIFFING);
  }
}
