package io.mcpoauth.benchmarks.micro;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;

/** A server needs a provider; here nobody signs in. */
final class NoProvider implements IdentityProvider {

  @Override
  public String id() {
    return "none";
  }

  @Override
  public String displayName() {
    return "None";
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    throw new IllegalStateException("nobody signs in");
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    throw new IllegalStateException("nobody signs in");
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    throw new IllegalStateException("no tokens need to be refreshed");
  }
}
