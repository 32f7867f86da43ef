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
 */
public record CallbackRequest(
    Parameters parameters, Map<String, Secret> browserSecrets, @Nullable String provider) {

  /** At the callback that names no provider. */
  public CallbackRequest(Parameters parameters, Map<String, Secret> browserSecrets) {
    this(parameters, browserSecrets, null);
  }

  /** Copies the map. */
  public CallbackRequest {
    browserSecrets = Map.copyOf(browserSecrets);
  }
}
