/** Bearer token protection for any application. */
@NullMarked
package io.mcpoauth.servlet.filter;

import org.jspecify.annotations.NullMarked;
