package io.mcpoauth.runner.config;

import io.mcpoauth.core.AuthorizationServerBuilder;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.limit.TrustedProxies;

/**
 * How many requests are taken, and whose word counts for where they come from.
 *
 * @param perAddress to the OAuth endpoints
 * @param registrations of one address
 * @param perClient to the endpoints that clients call
 * @param perGrant to MCP servers
 * @param forgedTokens of one address
 */
public record LimitsConfig(
    RateLimit perAddress,
    RateLimit registrations,
    RateLimit perClient,
    RateLimit perGrant,
    RateLimit forgedTokens,
    TrustedProxies proxies) {

  /** What holds where the operator says nothing. */
  public static LimitsConfig standard() {
    return new LimitsConfig(
        AddressLimits.STANDARD_REQUESTS,
        AddressLimits.STANDARD_REGISTRATIONS,
        AuthorizationServerBuilder.STANDARD_CLIENT_LIMIT,
        RateLimit.none(),
        AuthorizationServerBuilder.STANDARD_FORGED_TOKEN_LIMIT,
        TrustedProxies.none());
  }
}
