package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.model.UpstreamTokens;

/** How a refresh of the provider's tokens ended. */
public sealed interface RefreshAnswer {

  /** New tokens; a provider that keeps its refresh token is answered with the old one in them. */
  record Refreshed(UpstreamTokens tokens) implements RefreshAnswer {}

  /** The provider has ended its grant: the user must sign in again. */
  record GrantDead() implements RefreshAnswer {}

  /**
   * The provider cannot be reached or is out of order; the same refresh may work later.
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements RefreshAnswer {}
}
