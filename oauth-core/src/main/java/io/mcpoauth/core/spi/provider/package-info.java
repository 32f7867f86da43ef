/** What an identity provider must provide: sign-in, profile and token upkeep. */
@NullMarked
package io.mcpoauth.core.spi.provider;

import org.jspecify.annotations.NullMarked;
