/** Micro-benchmarks of what every proxied request passes. */
@NullMarked
package io.mcpoauth.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
