package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore;
import io.mcpoauth.core.spi.storage.ProfileStore.Claim;
import io.mcpoauth.core.spi.storage.ProfileStore.SealedProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link ProfileStore}. */
public abstract class ProfileStoreContract extends StorageRules {

  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void onlyOneCallerHoldsTheClaim_UP20() {
    liveGrant();

    assertThat(profiles().claim("grant", 0, MINUTE)).isInstanceOf(Claim.Claimed.class);
    assertThat(underTest().otherInstance().profiles().claim("grant", 0, MINUTE))
        .isEqualTo(new Claim.Busy());
  }

  @Test
  void claimHoldsTheStoredProfile() {
    liveGrant();

    Claim claim = profiles().claim("grant", 0, MINUTE);

    assertThat(claim)
        .isInstanceOfSatisfying(
            Claim.Claimed.class,
            claimed -> {
              assertThat(claimed.grant().id()).isEqualTo("grant");
              assertThat(bytes(claimed.grant().sealedProfile()))
                  .isEqualTo(bytes(TestFacts.grant("grant").sealedProfile()));
            });
  }

  @Test
  void claimEndsWithItsLease_DB23() {
    liveGrant();
    profiles().claim("grant", 0, MINUTE);
    advance(MINUTE);

    assertThat(profiles().claim("grant", 0, MINUTE)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void releasedClaimCanBeTakenAgain() {
    liveGrant();
    profiles().claim("grant", 0, MINUTE);
    profiles().release("grant", 0);

    assertThat(profiles().claim("grant", 0, MINUTE)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void replacementCountsTheVersionUpAndIsToldToWhoKnowsAnOlderOne() {
    liveGrant();
    profiles().claim("grant", 0, MINUTE);

    assertThat(profiles().replace("grant", 0, TestFacts.sealed("new"))).isTrue();
    assertThat(profiles().claim("grant", 0, MINUTE))
        .isInstanceOfSatisfying(
            Claim.Replaced.class,
            replaced -> {
              assertThat(replaced.grant().profileVersion()).isEqualTo(1);
              assertThat(bytes(replaced.grant().sealedProfile()))
                  .isEqualTo(bytes(TestFacts.sealed("new")));
            });
    assertThat(found().profileVersion()).isEqualTo(1);
  }

  @Test
  void replacementEndsTheClaim() {
    liveGrant();
    profiles().claim("grant", 0, MINUTE);
    profiles().replace("grant", 0, TestFacts.sealed("new"));

    assertThat(profiles().claim("grant", 1, MINUTE)).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void replacementOfAnOlderVersionChangesNothing() {
    liveGrant();
    profiles().replace("grant", 0, TestFacts.sealed("first"));

    assertThat(profiles().replace("grant", 0, TestFacts.sealed("second"))).isFalse();
    assertThat(bytes(found().sealedProfile())).isEqualTo(bytes(TestFacts.sealed("first")));
  }

  @Test
  void releaseOfAnOlderVersionLeavesTheClaimAlone() {
    liveGrant();
    profiles().replace("grant", 0, TestFacts.sealed("new"));
    profiles().claim("grant", 1, MINUTE);
    profiles().release("grant", 0);

    assertThat(profiles().claim("grant", 1, MINUTE)).isEqualTo(new Claim.Busy());
  }

  @Test
  void replacementIsToldToTheFeed() {
    liveGrant();
    profiles().replace("grant", 0, TestFacts.sealed("new"));

    assertThat(changes()).contains(new Change.GrantChanged("grant"));
  }

  @Test
  void endedGrantIsGoneAndToldToTheFeed_UP22() {
    liveGrant();

    assertThat(end("grant")).isTrue();
    assertThat(end("grant")).isFalse();
    assertThat(profiles().claim("grant", 0, MINUTE)).isEqualTo(new Claim.Gone());
    assertThat(storage().grants().findUsable("grant")).isEmpty();
    assertThat(changes()).contains(new Change.GrantChanged("grant"));
  }

  @Test
  void grantWhoseProfileWasReplacedIsNotEndedByWhoKnowsTheOlderOne() {
    liveGrant();
    profiles().replace("grant", 0, TestFacts.sealed("new"));

    assertThat(end("grant")).isFalse();
    assertThat(storage().grants().findUsable("grant")).isPresent();
  }

  @Test
  void revokedGrantHasNoProfileToReplace_TR05() {
    liveGrant();
    storage().grants().revoke("grant", RevocationReason.CLIENT_REQUEST);

    assertThat(profiles().claim("grant", 0, MINUTE)).isEqualTo(new Claim.Gone());
    assertThat(profiles().replace("grant", 0, TestFacts.sealed("new"))).isFalse();
  }

  @Test
  void profilesAreListedInPagesWithoutThoseOfRevokedGrants_CR06() {
    for (String id : List.of("c", "a", "d", "b")) {
      storage().grants().create(TestFacts.grant(id), TestFacts.code("code of " + id), MINUTE);
    }
    storage().grants().revoke("b", RevocationReason.CLIENT_REQUEST);

    List<SealedProfile> first = profiles().list("", 2);
    assertThat(first).extracting(SealedProfile::grantId).containsExactly("a", "c");
    assertThat(profiles().list("c", 2)).extracting(SealedProfile::grantId).containsExactly("d");
    assertThat(profiles().list("d", 2)).isEmpty();
    assertThat(bytes(first.get(0).sealed())).isEqualTo(bytes(TestFacts.grant("a").sealedProfile()));
    assertThat(first.get(0).version()).isZero();
  }

  @Test
  void profileThatIsSealedAnewStaysTheSameVersion_CR06() {
    liveGrant();
    profiles().claim("grant", 0, MINUTE);

    assertThat(profiles().reseal("grant", 0, TestFacts.sealed("anew"))).isTrue();

    assertThat(bytes(found().sealedProfile())).isEqualTo(bytes(TestFacts.sealed("anew")));
    assertThat(profiles().claim("grant", 0, MINUTE)).isEqualTo(new Claim.Busy());
    assertThat(profiles().replace("grant", 0, TestFacts.sealed("new"))).isTrue();
  }

  @Test
  void profileThatWasReplacedIsNotSealedAnew_CR06() {
    liveGrant();
    profiles().replace("grant", 0, TestFacts.sealed("new"));

    assertThat(profiles().reseal("grant", 0, TestFacts.sealed("anew"))).isFalse();
    assertThat(profiles().reseal("nobody", 0, TestFacts.sealed("anew"))).isFalse();
    assertThat(bytes(found().sealedProfile())).isEqualTo(bytes(TestFacts.sealed("new")));
  }

  @Test
  void unknownGrantIsGone() {
    assertThat(profiles().claim("nobody", 0, MINUTE)).isEqualTo(new Claim.Gone());
    assertThat(profiles().replace("nobody", 0, TestFacts.sealed("new"))).isFalse();
    assertThat(end("nobody")).isFalse();
    profiles().release("nobody", 0);
  }

  private ProfileStore profiles() {
    return storage().profiles();
  }

  private void liveGrant() {
    storage().grants().create(TestFacts.grant("grant"), TestFacts.code("code"), MINUTE);
    storage()
        .grants()
        .redeem("code", TestFacts.hash("refresh token"), new RefreshLifetime(DAY, DAY));
  }

  private boolean end(String grantId) {
    return profiles().end(grantId, 0, RevocationReason.PROVIDER_ENDED);
  }

  private Grant found() {
    return storage().grants().findUsable("grant").orElseThrow();
  }

  private List<Change> changes() {
    return storage().changes().recent(HOUR).changes();
  }

  private static byte[] bytes(Sealed sealed) {
    return sealed.toBytes();
  }
}
