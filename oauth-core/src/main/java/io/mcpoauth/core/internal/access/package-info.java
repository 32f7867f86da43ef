/** How it is found out whether a bearer token may pass, and what follows from it. */
@NullMarked
package io.mcpoauth.core.internal.access;

import org.jspecify.annotations.NullMarked;
