/** What every container and every proxy engine must do, as test suites to extend. */
@NullMarked
package io.mcpoauth.servlet.contract;

import org.jspecify.annotations.NullMarked;
