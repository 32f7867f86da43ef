/** What may pass between MCP clients and MCP servers; shared by every proxy engine. */
@NullMarked
package io.mcpoauth.servlet.forward;

import org.jspecify.annotations.NullMarked;
