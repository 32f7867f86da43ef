/** What is asked for once every part of it was checked: the authorization request. */
@NullMarked
package io.mcpoauth.core.internal.model;

import org.jspecify.annotations.NullMarked;
