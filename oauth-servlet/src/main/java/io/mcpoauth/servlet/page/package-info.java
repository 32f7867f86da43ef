/** The HTML pages that users see. */
@NullMarked
package io.mcpoauth.servlet.page;

import org.jspecify.annotations.NullMarked;
