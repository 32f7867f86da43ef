/** Load generators. */
@NullMarked
package io.mcpoauth.benchmarks.load;

import org.jspecify.annotations.NullMarked;
