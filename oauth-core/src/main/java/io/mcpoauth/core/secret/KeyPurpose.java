package io.mcpoauth.core.secret;

/**
 * What a key is derived for. One key serves one purpose, so that a value made for one place can
 * never be used in another (CR-08).
 */
public enum KeyPurpose {
  /** Seals the authorization request that travels through the consent form. */
  CONSENT_FORM,
  /** Seals the request that waits in storage while the user signs in. */
  PENDING_LOGIN,
  /** Derives the state, nonce, verifier and browser secret of one login from its id. */
  LOGIN_SECRETS,
  /** Seals a user's profile and provider tokens. */
  UPSTREAM_TOKENS,
  /** Seals private signing keys. */
  SIGNING_KEY,
  /** Seals the approvals that a browser remembers. */
  CONSENT_MEMORY,
  /** Seals who a browser's session belongs to. */
  SESSION,
  /** Derives the token that forms of a session carry. */
  SESSION_FORM,
  /** Marks opaque tokens as ours. */
  OPAQUE_TOKEN,
  /** Derives the successor of a refresh token. */
  REFRESH_SUCCESSOR,
  /** Ties the sessions of MCP servers to those who opened them. */
  MCP_SESSION
}
