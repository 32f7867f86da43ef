package io.mcpoauth.core.model;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.SecretHash;

/**
 * The facts that a code must be redeemed with (OAuth 2.1 section 4.1.3).
 *
 * @param hash of the whole code
 * @param redirectUri as presented in the authorization request
 */
public record AuthorizationCode(
    String id, SecretHash hash, RedirectUri redirectUri, CodeChallenge codeChallenge) {}
