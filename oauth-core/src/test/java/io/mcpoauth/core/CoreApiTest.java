package io.mcpoauth.core;

import io.mcpoauth.core.contract.PublicApi;
import io.mcpoauth.core.contract.PublicApiContract;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.provider.TrustedIssuer;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.spi.storage.StorageFactory;
import java.util.Set;

class CoreApiTest extends PublicApiContract {

  private static final PublicApi API =
      PublicApi.of(
          type -> type.getName().startsWith("io.mcpoauth.core."),
          AuthorizationServer.class,
          InMemoryStorage.class,
          Providers.class,
          TrustedIssuer.class,
          IdentityProviderFactory.class,
          StorageException.class,
          StorageFactory.class);

  /** The exception that storages throw; and what reads that part of the API which is not public. */
  static final Set<String> PUBLIC_BESIDE =
      Set.of(
          "io.mcpoauth.core.client.ClientRegistration",
          "io.mcpoauth.core.client.ManageRegistration",
          "io.mcpoauth.core.client.RegisterClient",
          "io.mcpoauth.core.client.document.ClientDocuments",
          "io.mcpoauth.core.secret.Envelope",
          "io.mcpoauth.core.secret.OpaqueTokens");

  @Override
  protected PublicApi api() {
    return API;
  }

  @Override
  protected String module() {
    return "oauth-core";
  }

  @Override
  protected Set<String> publicBeside() {
    return PUBLIC_BESIDE;
  }
}
