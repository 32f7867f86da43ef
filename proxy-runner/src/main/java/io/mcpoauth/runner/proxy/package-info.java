/** The runner's proxy engine: asynchronous on Jetty, without servlets on the way. */
@NullMarked
package io.mcpoauth.runner.proxy;

import org.jspecify.annotations.NullMarked;
