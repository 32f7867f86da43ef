/** One program for each question about speed; each prints a table of ratios. */
@NullMarked
package io.mcpoauth.benchmarks;

import org.jspecify.annotations.NullMarked;
