/** Moving everything that is sealed from an older encryption key to the first one. */
@NullMarked
package io.mcpoauth.core.internal.reseal;

import org.jspecify.annotations.NullMarked;
