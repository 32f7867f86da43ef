package io.mcpoauth.servlet.contract;

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

/** A provider where everybody is the same user, without a page. */
public record TestProvider(User user) implements IdentityProvider {

  /** The access token that it gives. */
  public static final String TOKEN = "provider-token";

  @Override
  public String id() {
    return "test";
  }

  @Override
  public String displayName() {
    return "Test & Co";
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    return new StartAnswer.Redirect(
        URI.create("https://idp.example/authorize?state=" + request.state()));
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    return new SignInAnswer.SignedIn(user, new UpstreamTokens(Secret.of(TOKEN), null, null));
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    return new RefreshAnswer.GrantDead();
  }
}
