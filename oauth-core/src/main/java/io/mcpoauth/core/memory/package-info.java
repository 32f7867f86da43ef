/** The reference storage: all verbs in memory, lost with the process. */
@NullMarked
package io.mcpoauth.core.memory;

import org.jspecify.annotations.NullMarked;
