package io.mcpoauth.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {

  private static final Secret OLD = Secret.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  private static final Secret NEW = Secret.of("ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=");
  private static final ResourceUri RESOURCE = new ResourceUri("https://proxy.example/mcp");
  private static final Granted GRANTED = granted("alice", "client", "grant");

  private final SessionIds ids = new SessionIds(KeyRing.ofBase64(List.of(OLD)));
  private final String tied = ids.tie(GRANTED, RESOURCE, "5f0c-session");

  private static Granted granted(String user, String client, String grant) {
    return new Granted(
        new User(user, "idp", null, null), client, grant, "token", Scopes.none(), null);
  }

  @Test
  void theSameUserAndClientFindTheirSessionWithAnotherGrant() {
    assertThat(ids.untie(granted("alice", "client", "later"), RESOURCE, tied))
        .contains("5f0c-session");
    assertThat(tied).startsWith("5f0c-session").hasSize("5f0c-session".length() + 23);
  }

  @Test
  void anotherUserClientOrServerFindsNothing_RS27() {
    assertThat(ids.untie(granted("bob", "client", "grant"), RESOURCE, tied)).isEmpty();
    assertThat(ids.untie(granted("alice", "other", "grant"), RESOURCE, tied)).isEmpty();
    assertThat(ids.untie(GRANTED, new ResourceUri("https://proxy.example/other"), tied)).isEmpty();
    // What is tied keeps its parts apart.
    assertThat(ids.untie(granted("alicec", "lient", "grant"), RESOURCE, tied)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "5f0c-session",
        "5f0c-session.",
        "5f0c-session.AAAAAAAAAAAAAAAAAAAAAA",
        ".AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatWeHaveNotTiedIsNobodys_RS27(String presented) {
    assertThat(ids.untie(GRANTED, RESOURCE, presented)).isEmpty();
    assertThat(ids.untie(GRANTED, RESOURCE, tied + presented + "x")).isEmpty();
  }

  @Test
  void sessionsOutliveAChangeOfKeys_P18() {
    SessionIds changed = new SessionIds(KeyRing.ofBase64(List.of(NEW, OLD)));

    assertThat(changed.untie(GRANTED, RESOURCE, tied)).contains("5f0c-session");
    assertThat(changed.tie(GRANTED, RESOURCE, "5f0c-session")).isNotEqualTo(tied);
    assertThat(new SessionIds(KeyRing.ofBase64(List.of(NEW))).untie(GRANTED, RESOURCE, tied))
        .isEmpty();
  }
}
