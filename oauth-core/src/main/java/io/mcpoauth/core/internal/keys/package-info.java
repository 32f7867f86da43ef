/** Access tokens and the keys that sign them (RFC 9068, RFC 7517). */
@NullMarked
package io.mcpoauth.core.internal.keys;

import org.jspecify.annotations.NullMarked;
