/** The storage SPI on PostgreSQL: its schema, and one conditional statement for each verb. */
@NullMarked
package io.mcpoauth.jdbc;

import org.jspecify.annotations.NullMarked;
