package io.mcpoauth.core.model;

import io.mcpoauth.core.secret.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * A key that signs access tokens.
 *
 * @param kid its name in token headers and in the JWKS
 * @param predecessor the {@code kid} of the key it follows; null for the first one
 * @param publicJwk the public key as a JWK in JSON
 * @param sealedPrivateJwk the whole key as a JWK, readable by core alone
 */
public record SigningKey(
    String kid, @Nullable String predecessor, String publicJwk, Sealed sealedPrivateJwk) {}
