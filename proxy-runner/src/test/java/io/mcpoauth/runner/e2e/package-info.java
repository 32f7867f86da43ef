/** Tests of the whole program on real parts, from the first 401 to the last. */
@NullMarked
package io.mcpoauth.runner.e2e;

import org.jspecify.annotations.NullMarked;
