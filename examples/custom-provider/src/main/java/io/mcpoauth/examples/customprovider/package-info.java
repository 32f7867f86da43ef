/** Owns an example of a provider plug-in. */
@NullMarked
package io.mcpoauth.examples.customprovider;

import org.jspecify.annotations.NullMarked;
