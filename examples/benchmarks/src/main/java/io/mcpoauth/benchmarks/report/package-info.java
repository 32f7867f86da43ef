/** Medians, tables and plots. */
@NullMarked
package io.mcpoauth.benchmarks.report;

import org.jspecify.annotations.NullMarked;
