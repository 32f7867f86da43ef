/** Owns what the operator may set, where values come from, and which values are refused. */
@NullMarked
package io.mcpoauth.runner.config;

import org.jspecify.annotations.NullMarked;
