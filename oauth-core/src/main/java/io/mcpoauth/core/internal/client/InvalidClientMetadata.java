package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;

/**
 * A member of client metadata is not acceptable. Thrown by {@link ClientMetadataMembers} and caught
 * where the document is read, since a check may stand deep in a member; it never leaves a feature.
 */
public final class InvalidClientMetadata extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient OAuthError error;

  /**
   * @param description as in {@link OAuthError}: never holds what the document says
   */
  public InvalidClientMetadata(ErrorCode code, String description) {
    super(description, null, false, false);
    this.error = new OAuthError(code, description);
  }

  /** With the code {@code invalid_client_metadata} (RFC 7591 section 3.2.2). */
  public InvalidClientMetadata(String description) {
    this(ErrorCode.INVALID_CLIENT_METADATA, description);
  }

  /** The refusal. */
  public OAuthError error() {
    return error;
  }
}
