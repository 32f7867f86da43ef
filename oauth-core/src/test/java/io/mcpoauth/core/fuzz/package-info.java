/** Every reader of foreign text, fed with text that nobody thought of. */
@NullMarked
package io.mcpoauth.core.fuzz;

import org.jspecify.annotations.NullMarked;
