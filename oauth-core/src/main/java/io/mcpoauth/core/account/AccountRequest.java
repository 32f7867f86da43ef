package io.mcpoauth.core.account;

import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A form of the user's own page that was sent.
 *
 * @param session the value of the session cookie; null when the browser has none
 * @param formToken of the {@link AccountOutcome.Overview}; null when the field is missing
 */
public record AccountRequest(@Nullable Secret session, @Nullable Secret formToken) {}
