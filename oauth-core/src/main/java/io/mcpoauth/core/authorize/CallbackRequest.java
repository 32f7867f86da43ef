package io.mcpoauth.core.authorize;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.util.Map;

/**
 * The return from the provider.
 *
 * @param browserSecrets the values of the browser's login cookies by login id
 */
public record CallbackRequest(Parameters parameters, Map<String, Secret> browserSecrets) {

  public CallbackRequest {
    browserSecrets = Map.copyOf(browserSecrets);
  }
}
