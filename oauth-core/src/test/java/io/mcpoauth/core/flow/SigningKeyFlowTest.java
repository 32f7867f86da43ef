package io.mcpoauth.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.internal.keys.SealedSigningKeys;
import io.mcpoauth.core.internal.keys.SigningKeys;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which signing keys a server knows. */
class SigningKeyFlowTest extends FlowTest {

  /** Tokens may have been issued under another setting than today's. */
  @Test
  void replacedKeyStaysForTheLongestLifeThatTokensMayHave() {
    flow.server.jwks();
    new SigningKeys(
            flow.storage.signingKeys(),
            new SealedSigningKeys(
                KeyRing.ofBase64(List.of(flow.encryptionKey)), SecretSource.system()),
            new KeySchedule(KeySchedule.STANDARD_MAX_AGE, Lifetimes.MAX_ACCESS_TOKEN),
            flow.clock)
        .rotate();

    flow.clock.advance(Lifetimes.MAX_ACCESS_TOKEN);
    assertThat(publishedKeys()).isEqualTo(2);

    flow.clock.advance(Duration.ofHours(3));
    assertThat(publishedKeys()).isEqualTo(1);
  }

  private int publishedKeys() {
    try (AuthorizationServer instance = flow.otherInstance()) {
      return Json.parseObject(instance.jwks()).orElseThrow().path("keys").size();
    }
  }
}
