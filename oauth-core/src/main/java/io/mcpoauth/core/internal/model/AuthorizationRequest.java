package io.mcpoauth.core.internal.model;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request whose every part has been checked (OAuth 2.1 section 4.1.1).
 *
 * @param redirectUri as presented, which for loopback clients may differ from the registered one in
 *     its port
 * @param state the client's {@code state}, given back unchanged; null when it sent none
 */
public record AuthorizationRequest(
    String clientId,
    RedirectUri redirectUri,
    Scopes scopes,
    ResourceUri resource,
    CodeChallenge codeChallenge,
    @Nullable String state) {}
