/** How users see and end what they granted. */
@NullMarked
package io.mcpoauth.core.internal.account;

import org.jspecify.annotations.NullMarked;
