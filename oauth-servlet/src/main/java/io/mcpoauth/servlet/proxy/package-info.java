/** The streaming proxy for any Servlet 6 container. */
@NullMarked
package io.mcpoauth.servlet.proxy;

import org.jspecify.annotations.NullMarked;
