/** Owns the operator's rules about who may use this server at all. */
@NullMarked
package io.mcpoauth.core.policy;

import org.jspecify.annotations.NullMarked;
