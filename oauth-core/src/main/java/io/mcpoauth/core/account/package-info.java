/** What users can see and end of what they granted. */
@NullMarked
package io.mcpoauth.core.account;

import org.jspecify.annotations.NullMarked;
