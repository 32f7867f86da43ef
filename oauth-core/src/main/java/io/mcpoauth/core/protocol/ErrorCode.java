package io.mcpoauth.core.protocol;

/**
 * The {@code error} values that this server answers with, and the specification that defines each.
 */
public enum ErrorCode {
  /** RFC 6749 sections 4.1.2.1 and 5.2. */
  INVALID_REQUEST("invalid_request"),
  /** RFC 6749 section 5.2: the client is unknown or failed to authenticate. */
  INVALID_CLIENT("invalid_client"),
  /** RFC 6749 section 5.2: the code or refresh token is not good (any more). */
  INVALID_GRANT("invalid_grant"),
  /** RFC 6749 sections 4.1.2.1 and 5.2: the client may not use this grant type. */
  UNAUTHORIZED_CLIENT("unauthorized_client"),
  /** RFC 6749 section 5.2. */
  UNSUPPORTED_GRANT_TYPE("unsupported_grant_type"),
  /** RFC 6749 section 4.1.2.1. */
  UNSUPPORTED_RESPONSE_TYPE("unsupported_response_type"),
  /** RFC 6749 sections 4.1.2.1 and 5.2. */
  INVALID_SCOPE("invalid_scope"),
  /** RFC 8707 section 2. */
  INVALID_TARGET("invalid_target"),
  /** RFC 6749 section 4.1.2.1: the user or the access policy said no. */
  ACCESS_DENIED("access_denied"),
  /** RFC 6749 section 4.1.2.1. */
  SERVER_ERROR("server_error"),
  /** RFC 6749 section 4.1.2.1: an outage; the same request may work later. */
  TEMPORARILY_UNAVAILABLE("temporarily_unavailable"),
  /** With HTTP 429 (RFC 6585 section 4); a name of its own that MCP clients know. */
  TOO_MANY_REQUESTS("too_many_requests"),
  /** RFC 7591 section 3.2.2. */
  INVALID_REDIRECT_URI("invalid_redirect_uri"),
  /** RFC 7591 section 3.2.2. */
  INVALID_CLIENT_METADATA("invalid_client_metadata"),
  /** OpenID Connect Core section 3.1.2.6. */
  REQUEST_NOT_SUPPORTED("request_not_supported"),
  /** OpenID Connect Core section 3.1.2.6. */
  REQUEST_URI_NOT_SUPPORTED("request_uri_not_supported"),
  /** OpenID Connect Core section 3.1.2.6: {@code prompt=none} cannot be honoured. */
  INTERACTION_REQUIRED("interaction_required"),
  /** RFC 6750 section 3.1. */
  INVALID_TOKEN("invalid_token"),
  /** RFC 6750 section 3.1. */
  INSUFFICIENT_SCOPE("insufficient_scope");

  private final String wireName;

  ErrorCode(String wireName) {
    this.wireName = wireName;
  }

  /** The value as it stands on the wire. */
  public String wireName() {
    return wireName;
  }
}
