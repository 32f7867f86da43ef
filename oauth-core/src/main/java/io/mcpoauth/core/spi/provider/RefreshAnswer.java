package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import org.jspecify.annotations.Nullable;

/** How a refresh of the provider's tokens ended. */
public sealed interface RefreshAnswer {

  /**
   * New tokens; a provider that keeps its refresh token is answered with the old one in them.
   *
   * @param user as the provider vouches for the user now; null when it said nothing new
   */
  record Refreshed(UpstreamTokens tokens, @Nullable User user) implements RefreshAnswer {

    /** New tokens, and no word about the user. */
    public Refreshed(UpstreamTokens tokens) {
      this(tokens, null);
    }
  }

  /**
   * The provider would go on, but the operator's rules for it do not let the user in any more.
   *
   * @param rule the one that does not, in words for the log
   */
  record NotAllowed(String rule) implements RefreshAnswer {}

  /** The provider has ended its grant: the user must sign in again. */
  record GrantDead() implements RefreshAnswer {}

  /**
   * The provider cannot be reached or is out of order; the same refresh may work later.
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements RefreshAnswer {}
}
