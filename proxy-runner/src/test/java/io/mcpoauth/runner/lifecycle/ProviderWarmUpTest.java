package io.mcpoauth.runner.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderWarmUpTest {

  private final CountDownLatch tried = new CountDownLatch(2);

  /** A plug-in with a mistake. */
  private final class Broken implements IdentityProvider {

    @Override
    public String id() {
      return "broken";
    }

    @Override
    public String displayName() {
      return "Broken";
    }

    @Override
    public StartAnswer start(SignInRequest request) {
      tried.countDown();
      throw new IllegalStateException("a mistake");
    }

    @Override
    public SignInAnswer finish(SignInCallback callback) {
      throw new AssertionError("nobody signs in");
    }

    @Override
    public RefreshAnswer refresh(UpstreamTokens tokens) {
      throw new AssertionError("nobody signed in");
    }
  }

  @Test
  void providerThatFailsDoesNotKeepTheNextFromBeingTried_UP19() throws Exception {
    ProviderWarmUp.begin(
        List.of(new Broken(), new Broken()),
        URI.create("https://proxy.example/callback"),
        SecretSource.system());

    assertThat(tried.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
