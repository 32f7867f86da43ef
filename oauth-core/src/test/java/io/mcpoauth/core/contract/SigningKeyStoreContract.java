package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.spi.storage.SigningKeyStore;
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

    assertThat(keys().list()).usingRecursiveComparison().isEqualTo(List.of(FIRST, SECOND, third));
  }

  @Test
  void thereIsOneFirstKey() {
    keys().append(FIRST);

    assertThat(keys().append(TestFacts.signingKey("another first", null))).isFalse();
    assertThat(keys().list()).extracting(SigningKey::kid).containsExactly("first");
  }

  @Test
  void keyHasOneSuccessor() {
    keys().append(FIRST);
    keys().append(SECOND);

    assertThat(keys().append(TestFacts.signingKey("another second", "first"))).isFalse();
    assertThat(keys().list()).extracting(SigningKey::kid).containsExactly("first", "second");
  }

  @Test
  void keyWithTakenNameDoesNotOverwrite() {
    keys().append(FIRST);

    assertThat(keys().append(TestFacts.signingKey("first", "first"))).isFalse();
    assertThat(keys().list()).usingRecursiveComparison().isEqualTo(List.of(FIRST));
  }

  @Test
  void keyIsSeenByOtherInstancesAtOnce() {
    keys().append(FIRST);

    assertThat(underTest().otherInstance().signingKeys().list()).hasSize(1);
  }

  private SigningKeyStore keys() {
    return storage().signingKeys();
  }
}
