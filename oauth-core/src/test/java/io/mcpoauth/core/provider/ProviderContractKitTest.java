package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.ContractFailures;
import io.mcpoauth.core.contract.IdentityProviderContract;
import io.mcpoauth.core.contract.ProviderUnderTest;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A contract that no wrong provider fails would prove nothing: each breakage must be caught. */
class ProviderContractKitTest {

  @Test
  void oneIdForAllUsersIsCaught_UP14() {
    assertThat(ContractFailures.of(OneIdForAll.class))
        .contains("userHasOneIdForEverAndNobodyElseHasIt_UP14()");
  }

  @Test
  void idsWithoutThePrefixAreCaught_UP14() {
    assertThat(ContractFailures.of(BareIds.class)).contains("userWhoApprovesIsSignedIn()");
  }

  @Test
  void lostRefreshTokenIsCaught() {
    assertThat(ContractFailures.of(LostRefreshToken.class))
        .contains("refreshGivesNewTokensOfTheSameUser()");
  }

  @Test
  void outageThatCountsAsADeadGrantIsCaught_UP22() {
    assertThat(ContractFailures.of(DeadWhenDown.class))
        .contains("providerThatIsDownIsUnavailable_UP17()");
  }

  /** The stand-in as it is, with a provider between that changes one answer. */
  private abstract static class Broken extends IdentityProviderContract {

    @Override
    protected ProviderUnderTest open() {
      StubOpenIdServer stub = new StubOpenIdServer();
      return new ChangedProvider(stub, new Changed(stub.provider()));
    }

    SignInAnswer signedIn(SignInAnswer.SignedIn answer) {
      return answer;
    }

    RefreshAnswer refreshed(RefreshAnswer answer) {
      return answer;
    }

    private final class Changed implements IdentityProvider {

      private final IdentityProvider sound;

      Changed(IdentityProvider sound) {
        this.sound = sound;
      }

      @Override
      public String id() {
        return sound.id();
      }

      @Override
      public String displayName() {
        return sound.displayName();
      }

      @Override
      public StartAnswer start(SignInRequest request) {
        return sound.start(request);
      }

      @Override
      public SignInAnswer finish(SignInCallback callback) {
        SignInAnswer answer = sound.finish(callback);
        return answer instanceof SignInAnswer.SignedIn signedIn ? signedIn(signedIn) : answer;
      }

      @Override
      public RefreshAnswer refresh(UpstreamTokens tokens) {
        return refreshed(sound.refresh(tokens));
      }
    }
  }

  private record ChangedProvider(StubOpenIdServer stub, IdentityProvider provider)
      implements ProviderUnderTest {

    @Override
    public Parameters approve(URI location, String user) {
      return stub.approve(location, user);
    }

    @Override
    public Parameters decline(URI location) {
      return stub.decline(location);
    }

    @Override
    public void goDown() {
      stub.goDown();
    }

    @Override
    public void hang() {
      stub.hang();
    }

    @Override
    public void endGrants() {
      stub.endGrants();
    }

    @Override
    public void close() {
      stub.close();
    }
  }

  static class OneIdForAll extends Broken {
    @Override
    SignInAnswer signedIn(SignInAnswer.SignedIn answer) {
      return new SignInAnswer.SignedIn(
          new User("quirks:everybody", "quirks", null, null), answer.tokens());
    }
  }

  static class BareIds extends Broken {
    @Override
    SignInAnswer signedIn(SignInAnswer.SignedIn answer) {
      String bare = answer.user().id().substring("quirks:".length());
      return new SignInAnswer.SignedIn(new User(bare, "quirks", null, null), answer.tokens());
    }
  }

  static class LostRefreshToken extends Broken {
    @Override
    RefreshAnswer refreshed(RefreshAnswer answer) {
      return answer instanceof RefreshAnswer.Refreshed refreshed
          ? new RefreshAnswer.Refreshed(
              new UpstreamTokens(refreshed.tokens().accessToken(), null, null))
          : answer;
    }
  }

  static class DeadWhenDown extends Broken {
    @Override
    RefreshAnswer refreshed(RefreshAnswer answer) {
      return answer instanceof RefreshAnswer.Unavailable ? new RefreshAnswer.GrantDead() : answer;
    }
  }
}
