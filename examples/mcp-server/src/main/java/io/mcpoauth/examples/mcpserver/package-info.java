/** An MCP server on the official Java SDK, to put behind the proxy. */
@NullMarked
package io.mcpoauth.examples.mcpserver;

import org.jspecify.annotations.NullMarked;
