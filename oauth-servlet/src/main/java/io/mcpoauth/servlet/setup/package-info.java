/** How parts that {@code web.xml} declares find the authorization server of their application. */
@NullMarked
package io.mcpoauth.servlet.setup;

import org.jspecify.annotations.NullMarked;
