/** Tests of the operator's rules about who may come in. */
@NullMarked
package io.mcpoauth.core.policy;

import org.jspecify.annotations.NullMarked;
