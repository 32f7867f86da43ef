/** The sealed part of a grant: who signed in, and the provider's tokens. */
@NullMarked
package io.mcpoauth.core.internal.profile;

import org.jspecify.annotations.NullMarked;
