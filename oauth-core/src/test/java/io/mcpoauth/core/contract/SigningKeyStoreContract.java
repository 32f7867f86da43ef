package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
import io.mcpoauth.core.spi.storage.SigningKeyStore.StoredKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of {@link SigningKeyStore}. */
public abstract class SigningKeyStoreContract extends StorageRules {

  private static final SigningKey FIRST = TestFacts.signingKey("first", null);
  private static final SigningKey SECOND = TestFacts.signingKey("second", "first");

  @Test
  void freshStorageHasNoKeys() {
    assertThat(keys().list()).isEmpty();
  }

  @Test
  void keysAreListedAsTheyWereAppendedOldestFirst() {
    SigningKey third = TestFacts.signingKey("a third, named before", "second");

    assertThat(keys().append(FIRST)).isTrue();
    assertThat(keys().append(SECOND)).isTrue();
    assertThat(keys().append(third)).isTrue();

    assertThat(kept()).usingRecursiveComparison().isEqualTo(List.of(FIRST, SECOND, third));
  }

  @Test
  void thereIsOneFirstKey() {
    keys().append(FIRST);

    assertThat(keys().append(TestFacts.signingKey("another first", null))).isFalse();
    assertThat(kept()).extracting(SigningKey::kid).containsExactly("first");
  }

  @Test
  void keyHasOneSuccessor() {
    keys().append(FIRST);
    keys().append(SECOND);

    assertThat(keys().append(TestFacts.signingKey("another second", "first"))).isFalse();
    assertThat(kept()).extracting(SigningKey::kid).containsExactly("first", "second");
  }

  @Test
  void keyFollowsTheNewestOnly() {
    assertThat(keys().append(SECOND)).isFalse();
    keys().append(FIRST);
    keys().append(SECOND);
    keys().forgetBefore("second");

    assertThat(keys().append(TestFacts.signingKey("third", "first"))).isFalse();
    assertThat(keys().append(TestFacts.signingKey("third", null))).isFalse();
    assertThat(keys().append(TestFacts.signingKey("third", "second"))).isTrue();
  }

  @Test
  void keyIsAsOldAsStoragesClockSays() {
    keys().append(FIRST);
    advance(HOUR);
    keys().append(SECOND);
    advance(MINUTE);

    assertThat(keys().list().get(0).age()).isBetween(HOUR, HOUR.plusMinutes(1).plus(SLACK));
    assertThat(keys().list().get(1).age()).isBetween(MINUTE, MINUTE.plus(SLACK));
  }

  @Test
  void keysOfThePastAreForgotten() {
    SigningKey third = TestFacts.signingKey("third", "second");
    keys().append(FIRST);
    keys().append(SECOND);
    keys().append(third);

    keys().forgetBefore("unknown");
    keys().forgetBefore("first");
    assertThat(kept()).hasSize(3);
    keys().forgetBefore("third");
    assertThat(kept()).usingRecursiveComparison().isEqualTo(List.of(third));
  }

  @Test
  void keyThatIsSealedAnewStaysWhereItIs() {
    keys().append(FIRST);
    keys().append(SECOND);

    keys().reseal("first", TestFacts.sealed("anew"));
    keys().reseal("unknown", TestFacts.sealed("anew"));

    SigningKey resealed =
        new SigningKey("first", null, FIRST.publicJwk(), TestFacts.sealed("anew"));
    assertThat(kept()).usingRecursiveComparison().isEqualTo(List.of(resealed, SECOND));
  }

  @Test
  void keyWithTakenNameDoesNotOverwrite() {
    keys().append(FIRST);

    assertThat(keys().append(TestFacts.signingKey("first", "first"))).isFalse();
    assertThat(kept()).usingRecursiveComparison().isEqualTo(List.of(FIRST));
  }

  @Test
  void keyIsSeenByOtherInstancesAtOnce() {
    keys().append(FIRST);

    assertThat(underTest().otherInstance().signingKeys().list()).hasSize(1);
  }

  private List<SigningKey> kept() {
    return keys().list().stream().map(StoredKey::key).toList();
  }

  private SigningKeyStore keys() {
    return storage().signingKeys();
  }
}
