/** Assertions by which a client proves that it holds a private key (RFC 7523). */
@NullMarked
package io.mcpoauth.core.internal.client.assertion;

import org.jspecify.annotations.NullMarked;
