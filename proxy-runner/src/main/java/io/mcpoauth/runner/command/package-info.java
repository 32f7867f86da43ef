/** Owns the command line: its flags, its commands, and what is said on the terminal. */
@NullMarked
package io.mcpoauth.runner.command;

import org.jspecify.annotations.NullMarked;
