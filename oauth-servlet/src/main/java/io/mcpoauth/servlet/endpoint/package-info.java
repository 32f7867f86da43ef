/** One class for each endpoint: parse, call core once, render. */
@NullMarked
package io.mcpoauth.servlet.endpoint;

import org.jspecify.annotations.NullMarked;
