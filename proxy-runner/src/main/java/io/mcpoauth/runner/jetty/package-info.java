/** Owns the HTTP server: listening, limits, errors that reach nobody else, and draining. */
@NullMarked
package io.mcpoauth.runner.jetty;

import org.jspecify.annotations.NullMarked;
