package io.mcpoauth.core.internal.profile;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;

/** Who signed in, and the provider's tokens. */
public record GrantProfile(User user, UpstreamTokens tokens) {}
