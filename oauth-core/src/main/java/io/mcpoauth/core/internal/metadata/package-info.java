/** What clients discover: RFC 8414 and RFC 9728 documents. */
@NullMarked
package io.mcpoauth.core.internal.metadata;

import org.jspecify.annotations.NullMarked;
