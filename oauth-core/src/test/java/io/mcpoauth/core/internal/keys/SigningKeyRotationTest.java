package io.mcpoauth.core.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.TestKeys;
import io.mcpoauth.core.spi.storage.SigningKeyStore.StoredKey;
import io.mcpoauth.core.spi.storage.StorageException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys follow each other under tokens that go on being made and checked. */
class SigningKeyRotationTest {

  private static final Duration AHEAD = KeySchedule.PUBLISHED_AHEAD;

  private final SignedTokens signed = new SignedTokens();
  private final SigningKeys one = signed.keys;
  private final SigningKeys other = signed.keys();
  private String first = "";

  @BeforeEach
  void makeTheFirstKey() {
    first = one.current().getKeyId();
    other.prepare();
  }

  @Test
  void keySignsForItsWholeTime() {
    signed.clock.advance(KeySchedule.STANDARD_MAX_AGE.minusSeconds(1));
    one.maintain();

    assertThat(stored()).containsExactly(first);
  }

  @Test
  void oldKeyGetsOneSuccessorFromAnyNumberOfInstances_CR06() {
    signed.clock.advance(KeySchedule.STANDARD_MAX_AGE);
    one.maintain();
    other.maintain();
    one.maintain();

    assertThat(stored()).hasSize(2).startsWith(first);
  }

  @Test
  void newKeyIsPublishedBeforeItSigns_CR06() {
    assertThat(one.rotate()).isTrue();

    assertThat(published(one)).isEqualTo(stored());
    assertThat(one.current().getKeyId()).isEqualTo(first);
    signed.clock.advance(AHEAD.minusSeconds(1));
    assertThat(one.current().getKeyId()).isEqualTo(first);
    signed.clock.advance(Duration.ofSeconds(1));
    assertThat(one.current().getKeyId()).isEqualTo(stored().get(1));
  }

  @Test
  void tokenOfAKeyThatAnInstanceHasNotSeenIsAccepted_CR06() {
    one.rotate();
    signed.clock.advance(AHEAD);

    assertThat(new AccessTokens(SignedTokens.ISSUER, other).verify(Secret.of(signed.good())))
        .isPresent();
  }

  @Test
  void keyIsFoundByARequestDuringWhichAnotherReadsTheKeys_CR06() {
    AtomicReference<@Nullable SigningKeys> unread = new AtomicReference<>();
    InstantSource meanwhile =
        () -> {
          SigningKeys keys = unread.getAndSet(null);
          if (keys != null) {
            keys.prepare();
          }
          return signed.clock.instant();
        };
    SigningKeys starting = signed.keys(TestKeys.ring(1), meanwhile);
    unread.set(starting);

    assertThat(starting.find(first)).isPresent();
  }

  @Test
  void oldKeyVerifiesUntilItsLastTokenHasExpired_CR06() {
    one.rotate();
    signed.clock.advance(AHEAD.minusSeconds(1));
    String last = signed.good();
    assertThat(SignedTokens.kidOf(last)).isEqualTo(first);

    signed.clock.advance(Duration.ofHours(1));
    one.maintain();
    assertThat(signed.isAccepted(last)).isTrue();
    assertThat(published(one)).contains(first);

    signed.clock.advance(Duration.ofHours(1));
    assertThat(signed.isAccepted(last)).isFalse();
    assertThat(published(one)).doesNotContain(first).hasSize(1);
    one.maintain();
    assertThat(stored()).isEqualTo(published(one)).hasSize(1);
  }

  @Test
  void severalRotationsInARowSignOneAfterTheOther() {
    one.rotate();
    signed.clock.advance(Duration.ofMinutes(1));
    assertThat(other.rotate()).isTrue();
    List<String> chain = stored();

    one.maintain();
    signed.clock.advance(AHEAD.minusSeconds(60));
    assertThat(one.current().getKeyId()).isEqualTo(chain.get(1));
    signed.clock.advance(Duration.ofMinutes(1));
    assertThat(one.current().getKeyId()).isEqualTo(chain.get(2));
    assertThat(published(one)).isEqualTo(chain);
  }

  @Test
  void keysAreSealedAnewWithTheFirstEncryptionKey_CR06() {
    signed.keys(TestKeys.ring(2, 1)).maintain();

    assertThat(signed.keys(TestKeys.ring(2)).current().getKeyId()).isEqualTo(first);
    assertThat(one.current().getKeyId()).isEqualTo(first);
  }

  @Test
  void keysThatNoEncryptionKeyOpensAreAnOutageAndNoReasonToMakeOthers_DB25() {
    SigningKeys stranger = signed.keys(TestKeys.ring(2));

    assertThatThrownBy(stranger::current)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("ENCRYPTION_KEY");
    assertThatThrownBy(stranger::maintain).isInstanceOf(StorageException.class);
    assertThat(stored()).containsExactly(first);
  }

  @Test
  void keyThatNoEncryptionKeyOpensIsLeftOutWhileAnotherSigns_CR06() {
    SigningKeys newer = signed.keys(TestKeys.ring(2, 1));
    newer.rotate();
    signed.clock.advance(AHEAD);

    one.maintain();
    assertThat(one.current().getKeyId()).isEqualTo(first);
    assertThat(published(one)).containsExactly(first);
    assertThat(newer.current().getKeyId()).isEqualTo(stored().get(1));
  }

  private List<String> stored() {
    return signed.storage.signingKeys().list().stream()
        .map(StoredKey::key)
        .map(key -> key.kid())
        .toList();
  }

  private static List<String> published(SigningKeys keys) {
    JsonNode set = Json.parseObject(keys.publicJwks()).orElseThrow().path("keys");
    return set.findValuesAsText("kid");
  }
}
