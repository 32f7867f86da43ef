/** The texts of our statements, to be compared with. */
@NullMarked
package io.mcpoauth.jdbc;

import org.jspecify.annotations.NullMarked;
