package io.mcpoauth.core.client.document;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** Signs the same user in whoever asks. */
final class WillingProvider implements IdentityProvider {

  private final InstantSource clock;

  WillingProvider(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String id() {
    return "willing";
  }

  @Override
  public String displayName() {
    return "Willing";
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    return new StartAnswer.Redirect(URI.create("https://idp.example/?state=" + request.state()));
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    return new SignInAnswer.SignedIn(new User("alice", id(), null, "Alice"), tokens());
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    return new RefreshAnswer.Refreshed(tokens());
  }

  private UpstreamTokens tokens() {
    return new UpstreamTokens(
        Secret.of("upstream"), null, clock.instant().plus(Duration.ofHours(1)));
  }
}
