/** MCP clients, their users' browsers and a sign-in provider, for tests that go the whole way. */
@NullMarked
package io.mcpoauth.servlet.flow;

import org.jspecify.annotations.NullMarked;
