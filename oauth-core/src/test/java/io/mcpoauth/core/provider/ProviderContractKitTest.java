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
import io.mcpoauth.core.spi.provider.RevokeAnswer;
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
    isCaught(OneIdForAll.class, "userHasOneIdForEverAndNobodyElseHasIt_UP14");
  }

  @Test
  void idsWithoutThePrefixAreCaught_UP14() {
    isCaught(BareIds.class, "userWhoApprovesIsSignedIn");
  }

  @Test
  void lostRefreshTokenIsCaught() {
    isCaught(LostRefreshToken.class, "refreshGivesNewTokensOfTheSameUser");
  }

  @Test
  void signInWithoutTheRefreshTokenIsCaught() {
    isCaught(SignInWithoutRefreshToken.class, "userWhoApprovesIsSignedIn");
    isCaught(SignInWithoutRefreshToken.class, "refreshGivesNewTokensOfTheSameUser");
  }

  @Test
  void outageThatCountsAsADeadGrantIsCaught_UP22() {
    isCaught(DeadWhenDown.class, "providerThatIsDownIsUnavailable_UP17");
  }

  @Test
  void revocationThatWasNotDoneIsCaught() {
    isCaught(NeverRevoked.class, "tokensThatWereGivenBackAreWorthNothing");
    isCaught(NeverRevoked.class, "tokensThatCannotBeGivenBackDoNoHarm");
  }

  private static void isCaught(Class<?> broken, String test) {
    assertThat(ContractFailures.of(broken, test)).containsExactly(test + "()");
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

    RevokeAnswer revoke(IdentityProvider sound, UpstreamTokens tokens) {
      return sound.revoke(tokens);
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

      @Override
      public RevokeAnswer revoke(UpstreamTokens tokens) {
        return Broken.this.revoke(sound, tokens);
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

  static class SignInWithoutRefreshToken extends Broken {
    @Override
    SignInAnswer signedIn(SignInAnswer.SignedIn answer) {
      return new SignInAnswer.SignedIn(
          answer.user(), new UpstreamTokens(answer.tokens().accessToken(), null, null));
    }
  }

  static class NeverRevoked extends Broken {
    @Override
    RevokeAnswer revoke(IdentityProvider sound, UpstreamTokens tokens) {
      return new RevokeAnswer.Revoked();
    }
  }

  static class DeadWhenDown extends Broken {
    @Override
    RefreshAnswer refreshed(RefreshAnswer answer) {
      return answer instanceof RefreshAnswer.Unavailable ? new RefreshAnswer.GrantDead() : answer;
    }
  }
}
