/** Words of the protocol that no signature of the API needs. */
@NullMarked
package io.mcpoauth.core.internal.protocol;

import org.jspecify.annotations.NullMarked;
