/** Header fields that every answer of ours has. */
@NullMarked
package io.mcpoauth.servlet.internal.message;

import org.jspecify.annotations.NullMarked;
