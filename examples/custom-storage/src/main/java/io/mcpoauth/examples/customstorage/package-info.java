/** A storage in one file, as a pattern for storages of your own. */
@NullMarked
package io.mcpoauth.examples.customstorage;

import org.jspecify.annotations.NullMarked;
