package io.mcpoauth.core.authorize;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The return from the provider.
 *
 * @param browserSecrets the values of the browser's login cookies by login id
 * @param provider the provider that the callback's path names; null when it names none
 * @param consentSecret the value of the consent cookie; null when the browser has none
 * @param approvals the value of the approvals cookie; null when the browser has none
 */
public record CallbackRequest(
    Parameters parameters,
    Map<String, Secret> browserSecrets,
    @Nullable String provider,
    @Nullable Secret consentSecret,
    @Nullable Secret approvals) {

  /** At the callback that names no provider, from a browser that remembers nothing. */
  public CallbackRequest(Parameters parameters, Map<String, Secret> browserSecrets) {
    this(parameters, browserSecrets, null);
  }

  /** From a browser that remembers nothing. */
  public CallbackRequest(
      Parameters parameters, Map<String, Secret> browserSecrets, @Nullable String provider) {
    this(parameters, browserSecrets, provider, null, null);
  }

  /** Copies the map. */
  public CallbackRequest {
    browserSecrets = Map.copyOf(browserSecrets);
  }
}
