/** A Spring Boot application that protects its own MCP endpoint. */
@NullMarked
package io.mcpoauth.examples.springboot;

import org.jspecify.annotations.NullMarked;
