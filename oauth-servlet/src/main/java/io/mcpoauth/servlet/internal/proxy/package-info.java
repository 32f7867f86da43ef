/** Answers for web servers that forward requests themselves. */
@NullMarked
package io.mcpoauth.servlet.internal.proxy;

import org.jspecify.annotations.NullMarked;
