/** The token endpoint: one class per grant type. */
@NullMarked
package io.mcpoauth.core.internal.token;

import org.jspecify.annotations.NullMarked;
