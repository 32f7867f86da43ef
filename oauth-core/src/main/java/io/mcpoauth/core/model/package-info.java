/** Facts that storage keeps: clients, pending logins, codes and grants. */
@NullMarked
package io.mcpoauth.core.model;

import org.jspecify.annotations.NullMarked;
