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
 * @param profileVersion counts the replacements of the profile, from 0
 */
public record Grant(
    String id,
    String clientId,
    String userId,
    String provider,
    Scopes scopes,
    ResourceUri resource,
    Sealed sealedProfile,
    long profileVersion) {

  /** The same grant with the same profile, sealed anew. */
  public Grant withResealedProfile(Sealed profile) {
    return new Grant(id, clientId, userId, provider, scopes, resource, profile, profileVersion);
  }

  /** The same grant with its next profile. */
  public Grant withProfile(Sealed profile) {
    return new Grant(id, clientId, userId, provider, scopes, resource, profile, profileVersion + 1);
  }
}
