package io.mcpoauth.core.model;

import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Sealed;

/**
 * What one user allowed one client: the family to which all of its tokens belong.
 *
 * @param provider the id of the provider at which the user signed in
 * @param resource the one protected resource that its tokens are good for (RFC 8707)
 * @param sealedProfile the user's profile and provider tokens, readable by core alone
 */
public record Grant(
    String id,
    String clientId,
    String userId,
    String provider,
    Scopes scopes,
    ResourceUri resource,
    Sealed sealedProfile) {}
