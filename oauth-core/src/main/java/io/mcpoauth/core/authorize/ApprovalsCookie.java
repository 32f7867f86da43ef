package io.mcpoauth.core.authorize;

import io.mcpoauth.core.secret.Secret;
import java.time.Duration;

/**
 * What a browser is to remember.
 *
 * @param value to be given back in {@link AuthorizeRequest} and {@link CallbackRequest}
 * @param lifetime of the cookie
 */
public record ApprovalsCookie(Secret value, Duration lifetime) {}
