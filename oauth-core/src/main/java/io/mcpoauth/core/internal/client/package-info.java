/** How clients are read, found and authenticated. */
@NullMarked
package io.mcpoauth.core.internal.client;

import org.jspecify.annotations.NullMarked;
