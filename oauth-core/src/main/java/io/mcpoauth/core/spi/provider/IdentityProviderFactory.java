package io.mcpoauth.core.spi.provider;

import io.mcpoauth.core.secret.Secret;
import java.time.InstantSource;
import java.util.Map;

/**
 * Makes a provider of what the operator configured. A plug-in names its factory in {@code
 * META-INF/services/io.mcpoauth.core.spi.provider.IdentityProviderFactory}.
 */
public interface IdentityProviderFactory {

  /**
   * The id of its provider (see {@link IdentityProvider#id()}); the operator's settings for it
   * begin with it, for example {@code ACME_} for {@code acme}.
   */
  String id();

  /**
   * A provider that has not been asked for anything yet; called once, before anything is started.
   *
   * @param settings by their names without the prefix, for example {@code CLIENT_ID}; any of them
   *     may be a secret
   * @throws IllegalArgumentException when a setting is missing or cannot work, with a message for
   *     the operator that quotes no value
   */
  IdentityProvider create(Map<String, Secret> settings, InstantSource clock);
}
