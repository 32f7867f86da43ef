/** Owns the check of a configuration: tries all that the proxy depends on, and changes nothing. */
@NullMarked
package io.mcpoauth.runner.check;

import org.jspecify.annotations.NullMarked;
