/** The attacks, over HTTP, on two instances of the product that share one PostgreSQL. */
@NullMarked
package io.mcpoauth.runner.wire;

import org.jspecify.annotations.NullMarked;
