package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.storage.AgreementStore;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import org.junit.jupiter.api.Test;

/** Rules of {@link AgreementStore}. */
public abstract class AgreementStoreContract extends StorageRules {

  @Test
  void firstValueIsKeptAndToldToAll_DB25() {
    assertThat(agreements().require(Term.ENCRYPTION_KEY, "one")).isEqualTo("one");
    assertThat(agreements().require(Term.ENCRYPTION_KEY, "other")).isEqualTo("one");
    assertThat(underTest().otherInstance().agreements().require(Term.ENCRYPTION_KEY, "other"))
        .isEqualTo("one");
  }

  @Test
  void valueIsReplacedByWhoKnowsIt() {
    agreements().require(Term.ENCRYPTION_KEY, "one");

    assertThat(agreements().replace(Term.ENCRYPTION_KEY, "other", "next")).isFalse();
    assertThat(agreements().require(Term.ENCRYPTION_KEY, "one")).isEqualTo("one");
    assertThat(agreements().replace(Term.ENCRYPTION_KEY, "one", "next")).isTrue();
    assertThat(agreements().replace(Term.ENCRYPTION_KEY, "one", "another")).isFalse();
    assertThat(agreements().require(Term.ENCRYPTION_KEY, "one")).isEqualTo("next");
  }

  @Test
  void storageWithoutAValueHasNothingToReplace() {
    assertThat(agreements().replace(Term.ENCRYPTION_KEY, "one", "next")).isFalse();
    assertThat(agreements().require(Term.ENCRYPTION_KEY, "other")).isEqualTo("other");
  }

  @Test
  void termsAreApart_CF07() {
    agreements().require(Term.ISSUER, "issuer");

    assertThat(agreements().require(Term.ENCRYPTION_KEY, "key")).isEqualTo("key");
    assertThat(agreements().replace(Term.ENCRYPTION_KEY, "issuer", "next")).isFalse();
    assertThat(agreements().require(Term.ISSUER, "other")).isEqualTo("issuer");
  }

  private AgreementStore agreements() {
    return storage().agreements();
  }
}
