/**
 * The words of the protocol (OAuth 2.1, RFC 8707, RFC 7636): values that are valid once they exist.
 */
@NullMarked
package io.mcpoauth.core.protocol;

import org.jspecify.annotations.NullMarked;
