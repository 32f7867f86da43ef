/** The core in an application that has no servlet container. */
@NullMarked
package io.mcpoauth.examples.embedded;

import org.jspecify.annotations.NullMarked;
