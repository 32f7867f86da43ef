/** Tests of the guides: that their code is code of the examples, and that their commands work. */
@NullMarked
package io.mcpoauth.runner.guides;

import org.jspecify.annotations.NullMarked;
