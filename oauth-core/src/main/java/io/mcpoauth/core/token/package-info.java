/** What the token endpoint is asked and answers. */
@NullMarked
package io.mcpoauth.core.token;

import org.jspecify.annotations.NullMarked;
