/** Programs on this machine: starting, watching and ending them. */
@NullMarked
package io.mcpoauth.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
