package io.mcpoauth.core.internal.session;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;

/**
 * Who a browser belongs to.
 *
 * @param formToken stands in every form of our pages, so that no other site can send one (WB-05)
 */
public record Session(User user, Secret formToken) {}
