/** The two cookies that bind a sign-in to one browser. */
@NullMarked
package io.mcpoauth.servlet.internal.cookie;

import org.jspecify.annotations.NullMarked;
