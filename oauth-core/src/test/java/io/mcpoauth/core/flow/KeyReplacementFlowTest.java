package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.MCP;
import static io.mcpoauth.core.flow.Flow.refreshQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.reseal.ResealEverything;
import io.mcpoauth.core.internal.reseal.ResealEverything.Unreadable;
import io.mcpoauth.core.internal.reseal.ResealReport;
import io.mcpoauth.core.internal.reseal.ResealReport.Counts;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ProfileStore.SealedProfile;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator replaces the encryption key while clients go on. */
class KeyReplacementFlowTest extends FlowTest {

  private final Secret newKey = Flow.newKey();
  private final KeyRing oldThenNew = KeyRing.ofBase64(List.of(flow.encryptionKey, newKey));
  private final KeyRing newThenOld = KeyRing.ofBase64(List.of(newKey, flow.encryptionKey));
  private final KeyRing newAlone = KeyRing.ofBase64(List.of(newKey));
  private final Issued first = flow.signIn();

  @Test
  void nobodyIsLoggedOutByTheReplacement_CR06() {
    Issued second;
    try (AuthorizationServer prepared = flow.instanceWith(oldThenNew);
        AuthorizationServer moved = flow.instanceWith(newThenOld)) {
      Issued elsewhere = issued(refresh(prepared, refreshToken(first)));
      second = issued(refresh(moved, refreshToken(elsewhere)));
      for (Issued tokens : List.of(first, elsewhere, second)) {
        assertThat(isLetIn(prepared, tokens)).isTrue();
        assertThat(isLetIn(moved, tokens)).isTrue();
      }
    }
    reseal(newThenOld);
    try (AuthorizationServer last = flow.instanceWith(newAlone)) {
      assertThat(last.isReady()).isTrue();
      assertThat(isLetIn(last, first)).isTrue();
      assertThat(issued(refresh(last, refreshToken(second))).refreshToken()).isNotNull();
    }
  }

  @Test
  void commandSealsEverythingAnewAndCanBeRepeated_CR06() {
    flow.signIn();

    assertThat(reseal(newThenOld))
        .isEqualTo(new ResealReport(new Counts(2, 0, 0, 0), new Counts(1, 0, 0, 0)));
    assertThat(reseal(newThenOld))
        .isEqualTo(new ResealReport(new Counts(0, 2, 0, 0), new Counts(0, 1, 0, 0)));
  }

  @Test
  void grantsOfAllBatchesAreSealedAnew_CR06() {
    Grant grant =
        flow.storage.profiles().list("", 1).stream()
            .flatMap(profile -> flow.storage.grants().findUsable(profile.grantId()).stream())
            .findFirst()
            .orElseThrow();
    GrantProfiles profiles =
        new GrantProfiles(KeyRing.ofBase64(List.of(flow.encryptionKey)), SecretSource.system());
    GrantProfile profile = profiles.open(grant.id(), grant.sealedProfile()).orElseThrow();
    for (int i = 0; i < 1_000; i++) {
      String id = "grant " + i;
      flow.storage
          .grants()
          .create(
              TestFacts.grant(id).withResealedProfile(profiles.seal(id, profile)),
              TestFacts.code("code of " + id),
              Duration.ofMinutes(1));
    }

    assertThat(reseal(newThenOld).grants()).isEqualTo(new Counts(1_001, 0, 0, 0));
  }

  @Test
  void grantIsSealedAnewWhenItIsUsed_CR06() {
    try (AuthorizationServer moved = flow.instanceWith(newThenOld)) {
      issued(refresh(moved, refreshToken(first)));
    }

    assertThat(reseal(newThenOld).grants()).isEqualTo(new Counts(0, 1, 0, 0));
  }

  @Test
  void whatNoKeyOpensIsReportedAndTheOldKeyStaysRequired_DB25() {
    KeyRing other = KeyRing.ofBase64(List.of(Flow.newKey(), newKey));

    ResealReport report = reseal(other);

    assertThat(report.grants()).isEqualTo(new Counts(0, 0, 1, 0));
    assertThat(report.isComplete()).isFalse();
    assertThat(flow.server.isReady()).isTrue();
  }

  @Test
  void operatorWhoLostTheKeyCanGoOnAndUsersSignInAgain_DB25() {
    assertThat(flow.server.isReady()).isTrue();

    assertThat(reseal(newAlone, Unreadable.END))
        .isEqualTo(new ResealReport(new Counts(0, 0, 0, 1), new Counts(0, 0, 0, 1)));

    try (AuthorizationServer moved = flow.instanceWith(newAlone)) {
      assertThat(moved.isReady()).isTrue();
      assertThat(isLetIn(moved, first)).isFalse();
      refused(ErrorCode.INVALID_GRANT, refresh(moved, refreshToken(first)));
    }
  }

  @Test
  void instanceWithoutTheKeyOfTheStorageIsNotReady_DB25() {
    assertThat(flow.server.isReady()).isTrue();
    try (AuthorizationServer stranger = flow.instanceWith(newAlone);
        AuthorizationServer prepared = flow.instanceWith(newThenOld)) {
      assertThat(stranger.isReady()).isFalse();
      assertThat(prepared.isReady()).isTrue();

      reseal(newThenOld);
      assertThat(stranger.isReady()).isTrue();
      assertThat(flow.server.isReady()).isFalse();
    }
  }

  @Test
  void userWhoseGrantNoKeyOpensSignsInAgain_CR06() {
    reseal(newThenOld);
    try (AuthorizationServer moved = flow.instanceWith(newAlone)) {
      assertThat(isLetIn(moved, first)).isTrue();
    }
    // As if this one grant had been left behind, sealed with the old key.
    Issued leftBehind = flow.signIn();
    try (AuthorizationServer moved = flow.instanceWith(newAlone)) {
      assertThat(Flow.access(moved, leftBehind.accessToken(), MCP))
          .isInstanceOf(AccessDecision.Unauthenticated.class);
      refused(ErrorCode.INVALID_GRANT, refresh(moved, refreshToken(leftBehind)));
    }
  }

  @Test
  void profileThatNoKeyOpensIsInvalidGrantAndSpendsNothing_CR06() {
    String code = flow.code(Flow.authorizeQuery());
    List<SealedProfile> readable = flow.storage.profiles().list("", 2);
    readable.forEach(
        profile -> reseal(profile, TestFacts.sealed("what no key opens " + profile.grantId())));

    refused(ErrorCode.INVALID_GRANT, flow.token(Flow.codeQuery(code)));
    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(first)));

    assertThat(readable).hasSize(2);
    readable.forEach(profile -> reseal(profile, profile.sealed()));
    issued(flow.token(Flow.codeQuery(code)));
    issued(flow.refresh(refreshToken(first)));
  }

  private void reseal(SealedProfile profile, Sealed sealed) {
    assertThat(flow.storage.profiles().reseal(profile.grantId(), profile.version(), sealed))
        .isTrue();
  }

  private ResealReport reseal(KeyRing ring) {
    return reseal(ring, Unreadable.KEEP);
  }

  private ResealReport reseal(KeyRing ring, Unreadable unreadable) {
    return new ResealEverything(flow.storage, ring, SecretSource.system(), unreadable).run();
  }

  private static boolean isLetIn(AuthorizationServer instance, Issued tokens) {
    return Flow.access(instance, tokens.accessToken(), MCP) instanceof AccessDecision.Granted;
  }

  private static TokenOutcome refresh(AuthorizationServer instance, String refreshToken) {
    return instance.token(new TokenRequest(refreshQuery(refreshToken).parameters(), null));
  }
}
