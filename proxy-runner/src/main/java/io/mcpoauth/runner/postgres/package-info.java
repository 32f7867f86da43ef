/** Owns the embedded PostgreSQL of demo mode: its binaries, its data folder and its life. */
@NullMarked
package io.mcpoauth.runner.postgres;

import org.jspecify.annotations.NullMarked;
