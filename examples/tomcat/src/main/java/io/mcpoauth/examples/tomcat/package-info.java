/** An application for Tomcat that protects its own MCP endpoint. */
@NullMarked
package io.mcpoauth.examples.tomcat;

import org.jspecify.annotations.NullMarked;
