package io.mcpoauth.core.provider;

import io.mcpoauth.core.contract.IdentityProviderContract;
import io.mcpoauth.core.contract.ProviderUnderTest;

class OpenIdProviderContractTest extends IdentityProviderContract {

  @Override
  protected ProviderUnderTest open() {
    return new StubOpenIdServer();
  }
}
