/**
 * Clients that are described by a document at the URL that is their id, and its guarded reading.
 */
@NullMarked
package io.mcpoauth.core.client.document;

import org.jspecify.annotations.NullMarked;
