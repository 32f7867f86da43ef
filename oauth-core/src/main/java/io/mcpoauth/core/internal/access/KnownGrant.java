package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;

/** A grant in use, with its profile open. */
record KnownGrant(Grant grant, GrantProfile profile) {

  UpstreamTokens tokens() {
    return profile.tokens();
  }
}
