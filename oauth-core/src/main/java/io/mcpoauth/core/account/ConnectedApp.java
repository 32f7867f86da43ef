package io.mcpoauth.core.account;

import io.mcpoauth.core.model.UserGrant;
import org.jspecify.annotations.Nullable;

/**
 * A client with what the user granted it.
 *
 * @param clientName what the client calls itself: untrusted text; null when that is not known
 */
public record ConnectedApp(UserGrant grant, @Nullable String clientName) {}
