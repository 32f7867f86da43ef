/** Sessions of users in browsers, for pages of our own. */
@NullMarked
package io.mcpoauth.core.internal.session;

import org.jspecify.annotations.NullMarked;
