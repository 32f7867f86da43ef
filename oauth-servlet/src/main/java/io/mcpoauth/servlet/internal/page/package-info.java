/** The HTML pages that users see. */
@NullMarked
package io.mcpoauth.servlet.internal.page;

import org.jspecify.annotations.NullMarked;
