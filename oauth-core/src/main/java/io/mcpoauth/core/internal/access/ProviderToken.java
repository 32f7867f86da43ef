package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/** The provider's access token of a grant, as far as there is one that works. */
sealed interface ProviderToken {

  /**
   * The grant may be used.
   *
   * @param accessToken null when the provider's token ran out and it gave none to refresh it with
   */
  record Usable(@Nullable Secret accessToken) implements ProviderToken {}

  /** The provider, or somebody here, has ended the grant. */
  record Ended() implements ProviderToken {}

  /** The token ran out and the provider or storage is out of order; try later. */
  record Unavailable() implements ProviderToken {}
}
