/** The authorization server as servlets and filters for any Servlet 6 container. */
@NullMarked
package io.mcpoauth.servlet;

import org.jspecify.annotations.NullMarked;
