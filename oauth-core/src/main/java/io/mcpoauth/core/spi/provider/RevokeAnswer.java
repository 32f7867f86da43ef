package io.mcpoauth.core.spi.provider;

/** What became of tokens that were given back to their provider. */
public sealed interface RevokeAnswer {

  /** They are worth nothing any more. */
  record Revoked() implements RevokeAnswer {}

  /** The provider takes none back: they end by themselves. */
  record NotOffered() implements RevokeAnswer {}

  /**
   * The provider could not be told.
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements RevokeAnswer {}
}
