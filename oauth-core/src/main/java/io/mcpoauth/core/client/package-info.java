/** Who may register as a client, and what is asked and answered there. */
@NullMarked
package io.mcpoauth.core.client;

import org.jspecify.annotations.NullMarked;
