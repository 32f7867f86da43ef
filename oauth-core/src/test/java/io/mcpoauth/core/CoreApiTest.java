package io.mcpoauth.core;

import io.mcpoauth.core.contract.PublicApi;
import io.mcpoauth.core.contract.PublicApiContract;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import io.mcpoauth.core.spi.storage.StorageFactory;

class CoreApiTest extends PublicApiContract {

  private static final PublicApi API =
      PublicApi.of(
          type -> type.getName().startsWith("io.mcpoauth.core."),
          AuthorizationServer.class,
          InMemoryStorage.class,
          Providers.class,
          TrustedIssuer.class,
          IdentityProviderFactory.class,
          StorageFactory.class);

  @Override
  protected PublicApi api() {
    return API;
  }

  @Override
  protected String module() {
    return "oauth-core";
  }
}
