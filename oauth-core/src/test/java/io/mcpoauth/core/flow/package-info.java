/** Features of the whole server, shown through its facade on storage in memory. */
@NullMarked
package io.mcpoauth.core.flow;

import org.jspecify.annotations.NullMarked;
