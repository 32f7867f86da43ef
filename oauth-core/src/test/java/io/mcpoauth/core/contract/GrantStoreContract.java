package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.IssuedCode;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Rules of {@link GrantStore} that concern grants and codes. */
public abstract class GrantStoreContract extends StorageRules {

  private static final Grant GRANT = TestFacts.grant("grant");
  private static final AuthorizationCode CODE = TestFacts.code("code");
  private static final RefreshLifetime LIFETIME = new RefreshLifetime(HOUR, Duration.ofDays(30));

  @Test
  void codeIsFoundWithItsGrantAsCreated() {
    assertThat(create()).isEqualTo(Insertion.INSERTED);

    assertThat(grants().findCode("code"))
        .get()
        .usingRecursiveComparison()
        .isEqualTo(new IssuedCode(CODE, GRANT));
  }

  @Test
  void redeemedCodeIsStillFound_TC01() {
    create();
    redeem();

    assertThat(grants().findCode("code")).isPresent();
  }

  @Test
  void grantWithoutScopesIsKept() {
    Grant bare = TestFacts.grant("bare", Scopes.none());
    grants().create(bare, CODE, MINUTE);

    assertThat(grants().findUsable("bare")).get().usingRecursiveComparison().isEqualTo(bare);
  }

  @Test
  void unknownIdsAreNotFound() {
    assertThat(grants().findCode("code")).isEmpty();
    assertThat(grants().findUsable("grant")).isEmpty();
    assertThat(redeem()).isEqualTo(new Redemption.Gone());
    assertThat(revoke()).isFalse();
    grants().countFailedRedemption("code", 1);
  }

  @Test
  void idsThatNothingCanHaveAreNotFound_DB19() {
    String nul = "nul\0inside";

    assertThat(grants().findCode(nul)).isEmpty();
    assertThat(grants().findUsable(nul)).isEmpty();
    assertThat(grants().redeem(nul, TestFacts.hash("token"), LIFETIME))
        .isEqualTo(new Redemption.Gone());
    assertThat(grants().revoke(nul, RevocationReason.CLIENT_REQUEST)).isFalse();
    grants().countFailedRedemption(nul, 1);
  }

  @Test
  void grantWithTakenIdChangesNothing_DB24() {
    create();

    assertThat(grants().create(TestFacts.grant("grant"), TestFacts.code("other"), HOUR))
        .isEqualTo(Insertion.ID_TAKEN);
    assertThat(grants().findCode("other")).isEmpty();
    assertThat(grants().findCode("code")).isPresent();
  }

  @Test
  void codeWithTakenIdChangesNothing_DB24() {
    create();

    assertThat(grants().create(TestFacts.grant("other"), TestFacts.code("code"), HOUR))
        .isEqualTo(Insertion.ID_TAKEN);
    assertThat(grants().findUsable("other")).isEmpty();
    assertThat(grants().findCode("code").orElseThrow().grant().id()).isEqualTo("grant");
  }

  @Test
  void codeIsRedeemedOnce_TC01() {
    create();

    assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
    assertThat(redeem()).isEqualTo(new Redemption.AlreadyRedeemed());
  }

  @Test
  void replayIsStillToldAfterTheCodeHasExpired_TC01() {
    create();
    redeem();
    advance(MINUTE.multipliedBy(2));

    assertThat(redeem()).isEqualTo(new Redemption.AlreadyRedeemed());
  }

  @Test
  void redemptionHappensAtStoragesTime_TC11() {
    create();
    Instant before = storageTime();

    Redemption redemption = redeem();

    assertThat(redemption).isInstanceOf(Redemption.Redeemed.class);
    assertThat(((Redemption.Redeemed) redemption).at()).isBetween(before, storageTime());
  }

  @Test
  void codeLivesToTheEndOfItsLifetime_TC11() {
    create();
    advance(MINUTE.minus(SLACK));

    assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void expiredCodeIsGone_TC11() {
    create();
    advance(MINUTE);

    assertThat(redeem()).isEqualTo(new Redemption.Gone());
  }

  @Test
  void grantWaitingForItsCodeIsUsable() {
    create();

    assertThat(grants().findUsable("grant")).get().usingRecursiveComparison().isEqualTo(GRANT);
  }

  @Test
  void grantWhoseCodeExpiredIsNotUsable() {
    create();
    advance(MINUTE);

    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void redeemedGrantOutlivesItsCode() {
    create();
    redeem();
    advance(MINUTE.multipliedBy(2));

    assertThat(grants().findUsable("grant")).get().usingRecursiveComparison().isEqualTo(GRANT);
  }

  @Test
  void codeSurvivesFewerWrongProofsThanBurnIt_TC04() {
    create();
    fail(4, 5);

    assertThat(redeem()).isInstanceOf(Redemption.Redeemed.class);
  }

  @Test
  void codeIsBurntByTooManyWrongProofs_TC04() {
    create();
    fail(5, 5);

    assertThat(redeem()).isEqualTo(new Redemption.Gone());
    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void wrongProofsAfterTheRedemptionHideNoReplay_TC02() {
    create();
    redeem();
    fail(5, 5);

    assertThat(redeem()).isEqualTo(new Redemption.AlreadyRedeemed());
    assertThat(grants().findUsable("grant")).isPresent();
  }

  @Test
  void revokedGrantIsNotUsable() {
    create();
    redeem();

    assertThat(revoke()).isTrue();
    assertThat(grants().findUsable("grant")).isEmpty();
    assertThat(underTest().otherInstance().grants().findUsable("grant")).isEmpty();
  }

  @Test
  void grantIsRevokedOnce() {
    create();
    redeem();
    revoke();

    assertThat(revoke()).isFalse();
  }

  @Test
  void codeOfARevokedGrantIsGone_TR14() {
    create();
    revoke();

    assertThat(redeem()).isEqualTo(new Redemption.Gone());
    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void revokedGrantIsNotCreatedAgain() {
    create();
    revoke();

    assertThat(create()).isEqualTo(Insertion.ID_TAKEN);
    assertThat(grants().findUsable("grant")).isEmpty();
  }

  @Test
  void revocationConcernsOneGrantOnly() {
    create();
    grants().create(TestFacts.grant("other"), TestFacts.code("other code"), MINUTE);
    revoke();

    assertThat(grants().findUsable("other")).isPresent();
  }

  @Test
  void revokedAccessTokenLeavesItsGrantAlone() {
    create();
    redeem();
    grants().revokeAccessToken("token", "grant", in(HOUR));

    assertThat(grants().findUsable("grant")).isPresent();
  }

  private Insertion create() {
    return grants().create(GRANT, CODE, MINUTE);
  }

  private Redemption redeem() {
    return grants().redeem("code", TestFacts.hash("refresh token"), LIFETIME);
  }

  private void fail(int times, int burnAt) {
    for (int i = 0; i < times; i++) {
      grants().countFailedRedemption("code", burnAt);
    }
  }

  private boolean revoke() {
    return grants().revoke("grant", RevocationReason.CLIENT_REQUEST);
  }

  private Instant storageTime() {
    return storage().changes().recent(MINUTE).storageTime();
  }

  private GrantStore grants() {
    return storage().grants();
  }
}
