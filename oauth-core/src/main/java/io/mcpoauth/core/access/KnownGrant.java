package io.mcpoauth.core.access;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.profile.GrantProfile;

/** A grant in use, with its profile open. */
record KnownGrant(Grant grant, GrantProfile profile) {

  UpstreamTokens tokens() {
    return profile.tokens();
  }
}
