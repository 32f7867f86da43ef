/** Whether a bearer token may use a protected resource. */
@NullMarked
package io.mcpoauth.core.access;

import org.jspecify.annotations.NullMarked;
