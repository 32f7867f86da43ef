/** Who a client is: registration, look-up and authentication. */
@NullMarked
package io.mcpoauth.core.client;

import org.jspecify.annotations.NullMarked;
