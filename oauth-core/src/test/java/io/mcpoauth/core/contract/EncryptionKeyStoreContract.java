package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.EncryptionKeyStore;
import org.junit.jupiter.api.Test;

/** Rules of {@link EncryptionKeyStore}. */
public abstract class EncryptionKeyStoreContract extends StorageRules {

  @Test
  void firstNameIsKeptAndToldToAll_DB25() {
    assertThat(key().require("one")).isEqualTo("one");
    assertThat(key().require("other")).isEqualTo("one");
    assertThat(underTest().otherInstance().encryptionKey().require("other")).isEqualTo("one");
  }

  @Test
  void nameIsReplacedByWhoKnowsIt() {
    key().require("one");

    assertThat(key().replace("other", "next")).isFalse();
    assertThat(key().require("one")).isEqualTo("one");
    assertThat(key().replace("one", "next")).isTrue();
    assertThat(key().replace("one", "another")).isFalse();
    assertThat(key().require("one")).isEqualTo("next");
  }

  @Test
  void storageWithoutANameHasNothingToReplace() {
    assertThat(key().replace("one", "next")).isFalse();
    assertThat(key().require("other")).isEqualTo("other");
  }

  private EncryptionKeyStore key() {
    return storage().encryptionKey();
  }
}
