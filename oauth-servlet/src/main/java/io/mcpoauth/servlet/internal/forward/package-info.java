/** What the gate decides by: targets, header fields and access. */
@NullMarked
package io.mcpoauth.servlet.internal.forward;

import org.jspecify.annotations.NullMarked;
