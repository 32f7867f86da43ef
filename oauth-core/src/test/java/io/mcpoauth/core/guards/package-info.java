/** Takes single checks out of the code, and shows that tests notice. */
@NullMarked
package io.mcpoauth.core.guards;

import org.jspecify.annotations.NullMarked;
