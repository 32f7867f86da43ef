package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link GrantStore#ofUser} and {@link GrantStore#hasUsable}. */
public abstract class UserGrantsContract extends StorageRules {

  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(1), Duration.ofDays(2));

  @Test
  void liveGrantsOfTheUserAreListedAndNoOthers() {
    live("mine", "ada", "idp");
    live("another's", "bob", "idp");
    live("another provider's", "ada", "other");
    live("revoked", "ada", "idp");
    grants().revoke("revoked", RevocationReason.USER_REQUEST);
    grants().create(grant("waiting", "ada", "idp"), TestFacts.code("unredeemed"), HOUR);

    assertThat(ids(10)).containsExactly("mine");
    assertThat(grants().ofUser("nul\0", "idp", 10)).isEmpty();
  }

  @Test
  void userHasAGrantWhileOneLivesOrWaitsForItsCode() {
    live("another's", "bob", "idp");
    live("another provider's", "ada", "other");
    assertThat(hasUsable()).isFalse();
    grants().create(grant("waiting", "ada", "idp"), TestFacts.code("unredeemed"), HOUR);
    assertThat(hasUsable()).isTrue();
    advance(HOUR);
    assertThat(hasUsable()).isFalse();
    live("mine", "ada", "idp");
    assertThat(hasUsable()).isTrue();
    grants().revoke("mine", RevocationReason.USER_REQUEST);
    assertThat(hasUsable()).isFalse();
    assertThat(grants().hasUsable("nul\0", "idp")).isFalse();
  }

  @Test
  void grantIsListedWithItsClientAndScopes() {
    live("mine", "ada", "idp");

    UserGrant listed = list(10).get(0);
    assertThat(listed.grant().clientId()).isEqualTo("client");
    assertThat(listed.grant().scopes()).isEqualTo(Scopes.of("read"));
    assertThat(listed.redirectUri()).isEqualTo(TestFacts.code("any").redirectUri());
    assertThat(listed.lastUsed()).isEqualTo(listed.since());
  }

  @Test
  void grantsUsedLastComeFirstAndTheListIsBounded() {
    live("first", "ada", "idp");
    advance(MINUTE);
    live("second", "ada", "idp");
    advance(MINUTE);
    live("third", "ada", "idp");
    advance(MINUTE);
    grants()
        .rotate(
            "first", TestFacts.hash("of first"), TestFacts.hash("next"), LIFETIME, Duration.ZERO);

    assertThat(ids(10)).containsExactly("first", "third", "second");
    assertThat(ids(2)).containsExactly("first", "third");
    UserGrant first = list(1).get(0);
    assertThat(Duration.between(first.since(), first.lastUsed()))
        .isBetween(MINUTE.multipliedBy(3), MINUTE.multipliedBy(3).plus(SLACK));
  }

  @Test
  void expiredGrantIsNotListed() {
    live("mine", "ada", "idp");
    advance(Duration.ofDays(1));

    assertThat(ids(10)).isEmpty();
  }

  private boolean hasUsable() {
    return grants().hasUsable("ada", "idp");
  }

  private void live(String id, String userId, String provider) {
    String code = "code of " + id;
    grants().create(grant(id, userId, provider), TestFacts.code(code), HOUR);
    grants().redeem(code, TestFacts.hash("of " + id), LIFETIME);
  }

  private static Grant grant(String id, String userId, String provider) {
    return new Grant(
        id,
        "client",
        userId,
        provider,
        Scopes.of("read"),
        new ResourceUri("https://proxy.example/mcp"),
        TestFacts.sealed("profile"),
        0);
  }

  private List<String> ids(int limit) {
    return list(limit).stream().map(listed -> listed.grant().id()).toList();
  }

  private List<UserGrant> list(int limit) {
    return grants().ofUser("ada", "idp", limit);
  }

  private GrantStore grants() {
    return storage().grants();
  }
}
