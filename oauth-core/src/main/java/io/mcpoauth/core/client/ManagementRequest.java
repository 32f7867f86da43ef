package io.mcpoauth.core.client;

import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A request to the client configuration endpoint (RFC 7592 section 2).
 *
 * @param clientId the client whose endpoint it is
 * @param authorization the {@code Authorization} header; null when there is none
 * @param body the request body of an update; null for other actions
 */
public record ManagementRequest(
    Action action, String clientId, @Nullable Secret authorization, @Nullable String body) {

  /** What a client does to its registration. */
  public enum Action {
    /** Section 2.1. */
    READ,
    /** Section 2.2. */
    UPDATE,
    /** Section 2.3. */
    DELETE
  }
}
