package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The provider's tokens, once nobody here needs them. */
class TokenReturnFlowTest extends FlowTest {

  @Test
  void lastGrantOfAUserGivesTheProvidersTokensBack() {
    Issued tokens = signIn("alice", "of alice");

    flow.revoke(revocationOf(tokens));

    await().until(() -> returned("of alice"));
    assertThat(flow.provider.revoked()).hasSize(1);
  }

  @Test
  void otherGrantOfTheUserStillNeedsThem() {
    Issued first = signIn("alice", "first");
    Issued second = signIn("alice", "second");
    Issued ofBob = signIn("bob", "of bob");

    flow.revoke(revocationOf(first));
    flow.revoke(revocationOf(ofBob));
    await().until(() -> returned("of bob"));
    assertThat(flow.provider.revoked()).hasSize(1);

    flow.revoke(revocationOf(second));
    await().until(() -> returned("second"));
  }

  @Test
  void revocationThatStorageDidNotTakeGivesNothingBack() {
    Issued tokens = signIn("alice", "of alice");
    FaultyStorage faulty = new FaultyStorage(flow.storage);
    faulty.breakDown("revoke");
    try (AuthorizationServer troubled = flow.instanceOn(faulty.storage())) {
      ThrowingCallable revocation =
          () -> troubled.revoke(new RevokeRequest(revocationOf(tokens).parameters(), null));

      assertThatThrownBy(revocation).isInstanceOf(StorageException.class);
    }
    assertThat(flow.provider.revoked()).isEmpty();
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();
  }

  private boolean returned(String accessToken) {
    return flow.provider.revoked().stream()
        .anyMatch(tokens -> tokens.accessToken().expose().equals(accessToken));
  }

  private Issued signIn(String user, String providerToken) {
    flow.provider.answerWith(
        new SignInAnswer.SignedIn(
            new User("idp:" + user, "idp", null, null),
            new UpstreamTokens(Secret.of(providerToken), null, null)));
    return flow.signIn();
  }

  private static Query revocationOf(Issued tokens) {
    return Query.of("client_id", "client", "token", refreshToken(tokens));
  }
}
