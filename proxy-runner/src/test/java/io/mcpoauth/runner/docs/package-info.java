/** Keeps what the documentation says about the tests true. */
@NullMarked
package io.mcpoauth.runner.docs;

import org.jspecify.annotations.NullMarked;
