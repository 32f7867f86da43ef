/** The two cookies that bind a sign-in to one browser. */
@NullMarked
package io.mcpoauth.servlet.cookie;

import org.jspecify.annotations.NullMarked;
