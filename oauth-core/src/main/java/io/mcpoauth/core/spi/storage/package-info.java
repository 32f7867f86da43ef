/** What a storage must provide: atomic verbs with sealed results. */
@NullMarked
package io.mcpoauth.core.spi.storage;

import org.jspecify.annotations.NullMarked;
