/** Owns what the operator can learn later of who did what: events without any secret. */
@NullMarked
package io.mcpoauth.core.audit;

import org.jspecify.annotations.NullMarked;
