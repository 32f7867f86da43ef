/** Owns the folders and files on disk that nobody but the operator's own account may read. */
@NullMarked
package io.mcpoauth.runner.file;

import org.jspecify.annotations.NullMarked;
