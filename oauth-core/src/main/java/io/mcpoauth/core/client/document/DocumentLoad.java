package io.mcpoauth.core.client.document;

import io.mcpoauth.core.model.Client;

/** What became of reading a document again. */
sealed interface DocumentLoad {

  /** It is valid, and this is its client. */
  record Loaded(Client client) implements DocumentLoad {}

  /** The host says that there is no such client: no document, or one that is not valid. */
  record Withdrawn() implements DocumentLoad {}

  /**
   * The host is in trouble, or we cannot reach it.
   *
   * @param tellsByTime whether the time that it took would tell what listens at the host
   */
  record Troubled(boolean tellsByTime) implements DocumentLoad {}

  /** We did not ask, since too much is being asked. */
  record Busy() implements DocumentLoad {}
}
