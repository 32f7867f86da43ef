package io.mcpoauth.examples.customprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpoauth.core.contract.IdentityProviderContract;
import io.mcpoauth.core.contract.ProviderUnderTest;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

// snippet: contract
class AcmeProviderTest extends IdentityProviderContract {

  @Override
  protected ProviderUnderTest open() {
    return new AcmeStub();
  }

  // end snippet: contract

  @Test
  void factoryIsFoundOnTheClassPath_S18() {
    assertThat(ServiceLoader.load(IdentityProviderFactory.class))
        .extracting(IdentityProviderFactory::id)
        .containsExactly("acme");
  }

  @Test
  void missingSettingIsNamedForTheOperator() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AcmeProvider.Factory()
                    .create(
                        Map.of("URL", Secret.of("https://acme.example")), InstantSource.system()))
        .withMessage("ACME_APP_ID is missing");
  }
}
