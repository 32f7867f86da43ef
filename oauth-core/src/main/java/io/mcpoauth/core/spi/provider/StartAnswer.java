package io.mcpoauth.core.spi.provider;

import java.net.URI;

/** Where to send the browser. */
public sealed interface StartAnswer {

  /** There. */
  record Redirect(URI location) implements StartAnswer {}

  /**
   * The provider cannot be reached or does not know itself (discovery failed).
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements StartAnswer {}
}
