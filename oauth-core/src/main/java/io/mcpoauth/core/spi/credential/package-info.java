/** What judges bearer tokens that the authorization server did not issue. */
@NullMarked
package io.mcpoauth.core.spi.credential;

import org.jspecify.annotations.NullMarked;
