package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link GrantStore#endAll}. */
public abstract class GrantEndingsContract extends StorageRules {

  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(1), Duration.ofDays(2));

  @Test
  void grantsOfTheClientEndAndNoOthers() {
    live("a", "mine", "ada");
    live("b", "mine", "bob");
    live("c", "another's", "ada");

    assertThat(end(new GrantSelection.OfClient("mine"))).containsExactly("a", "b");
    assertThat(grants().findUsable("a")).isEmpty();
    assertThat(grants().findUsable("b")).isEmpty();
    assertThat(grants().findUsable("c")).isPresent();
    assertThat(end(new GrantSelection.OfClient("nul\0"))).isEmpty();
  }

  @Test
  void grantsOfTheUserEndAndNoOthers() {
    live("a", "one", "ada");
    live("b", "other", "ada");
    live("c", "one", "bob");

    assertThat(end(new GrantSelection.OfUser("ada"))).containsExactly("a", "b");
    assertThat(grants().findUsable("c")).isPresent();
    assertThat(end(new GrantSelection.OfUser("nul\0"))).isEmpty();
  }

  @Test
  void grantsThatWereMadeBeforeEndAndLaterOnesStay() {
    live("old", "client", "ada");
    advance(HOUR);
    live("new", "client", "ada");

    assertThat(end(new GrantSelection.Made(HOUR))).containsExactly("old");
    assertThat(grants().findUsable("new")).isPresent();
    assertThat(end(new GrantSelection.Made(Duration.ZERO))).containsExactly("new");
  }

  @Test
  void grantThatWaitsForItsCodeEndsToo() {
    waiting("waiting", "client", "ada");

    assertThat(end(new GrantSelection.OfClient("client"))).containsExactly("waiting");
    assertThat(grants().findUsable("waiting")).isEmpty();
  }

  @Test
  void grantEndsOnce() {
    live("revoked", "client", "ada");
    grants().revoke("revoked", RevocationReason.USER_REQUEST);
    live("a", "client", "ada");

    assertThat(end(new GrantSelection.OfClient("client"))).containsExactly("a");
    assertThat(end(new GrantSelection.OfClient("client"))).isEmpty();
  }

  @Test
  void endsComeInStepsInTheOrderOfIdsAndAreTold() {
    live("c", "client", "ada");
    live("a", "client", "bob");
    live("b", "client", "ada");
    GrantSelection all = new GrantSelection.OfClient("client");

    assertThat(end(all, "", 2)).containsExactly("a", "b");
    assertThat(grants().findUsable("c")).isPresent();
    assertThat(end(all, "b", 2)).containsExactly("c");
    assertThat(end(all, "c", 2)).isEmpty();
    assertThat(storage().changes().recent(HOUR).changes())
        .contains(
            new Change.GrantChanged("a"),
            new Change.GrantChanged("b"),
            new Change.GrantChanged("c"));
  }

  private void live(String id, String clientId, String userId) {
    waiting(id, clientId, userId);
    grants().redeem("code of " + id, TestFacts.hash("of " + id), LIFETIME);
  }

  private void waiting(String id, String clientId, String userId) {
    Grant grant =
        new Grant(
            id,
            clientId,
            userId,
            "idp",
            Scopes.of("read"),
            new ResourceUri("https://proxy.example/mcp"),
            TestFacts.sealed("profile of " + id),
            0);
    grants().create(grant, TestFacts.code("code of " + id), HOUR);
  }

  private List<String> end(GrantSelection selection) {
    return end(selection, "", 10);
  }

  private List<String> end(GrantSelection selection, String after, int limit) {
    return grants().endAll(selection, RevocationReason.OPERATOR_REQUEST, after, limit).stream()
        .map(Grant::id)
        .toList();
  }

  private GrantStore grants() {
    return storage().grants();
  }
}
