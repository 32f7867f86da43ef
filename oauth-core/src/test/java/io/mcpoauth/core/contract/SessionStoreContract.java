package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.SessionStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules of {@link SessionStore}. */
public abstract class SessionStoreContract extends StorageRules {

  private static final SecretHash ID = TestFacts.hash("session");

  @Test
  void sessionIsFoundByItsIdOnAnyInstance() {
    sessions().begin(ID, TestFacts.sealed("user"), HOUR);

    assertThat(bytes(sessions().find(ID))).contains(TestFacts.sealed("user").toBytes());
    assertThat(bytes(underTest().otherInstance().sessions().find(ID))).isPresent();
    assertThat(sessions().find(TestFacts.hash("other"))).isEmpty();
  }

  @Test
  void sessionEndsWithItsLifetime() {
    sessions().begin(ID, TestFacts.sealed("user"), HOUR);
    advance(HOUR.minus(MINUTE));
    assertThat(sessions().find(ID)).isPresent();

    advance(MINUTE);
    assertThat(sessions().find(ID)).isEmpty();
  }

  @Test
  void endedSessionIsGoneEverywhere_WB11() {
    sessions().begin(ID, TestFacts.sealed("user"), HOUR);
    sessions().begin(TestFacts.hash("other"), TestFacts.sealed("other"), HOUR);

    sessions().end(ID);
    sessions().end(ID);

    assertThat(sessions().find(ID)).isEmpty();
    assertThat(underTest().otherInstance().sessions().find(ID)).isEmpty();
    assertThat(sessions().find(TestFacts.hash("other"))).isPresent();
  }

  private SessionStore sessions() {
    return storage().sessions();
  }

  private static Optional<byte[]> bytes(Optional<Sealed> session) {
    return session.map(Sealed::toBytes);
  }
}
