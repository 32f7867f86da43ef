package io.mcpoauth.core.model;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;

/**
 * An approved authorization request that waits for the user to come back from the provider.
 *
 * @param id the id of the consent it came from: one consent begins one login
 * @param browser the hash of the secret that only the approving browser holds
 * @param sealedRequest what to do then, readable by core alone
 */
public record PendingLogin(String id, SecretHash browser, Sealed sealedRequest) {}
