/** The authorization server as plain Java. */
@NullMarked
package io.mcpoauth.core;

import org.jspecify.annotations.NullMarked;
