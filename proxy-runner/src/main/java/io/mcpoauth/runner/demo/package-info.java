/** Owns the parts of demo mode that stand in for the outside world: sign-in and MCP server. */
@NullMarked
package io.mcpoauth.runner.demo;

import org.jspecify.annotations.NullMarked;
