/**
 * The storage contract kit: what every implementation of the storage SPI must pass.
 *
 * <p>To adopt it, extend {@link io.mcpoauth.core.contract.StorageContract} in a test class and
 * return a fresh {@link io.mcpoauth.core.contract.StorageUnderTest} from its one method.
 */
@NullMarked
package io.mcpoauth.core.contract;

import org.jspecify.annotations.NullMarked;
