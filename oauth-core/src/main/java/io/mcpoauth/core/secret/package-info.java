/** Secrets and what is done with them: hashing, key derivation and envelopes. */
@NullMarked
package io.mcpoauth.core.secret;

import org.jspecify.annotations.NullMarked;
