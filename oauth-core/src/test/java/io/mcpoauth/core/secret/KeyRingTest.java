package io.mcpoauth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

  private static final String GOOD = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "not base64!",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZQ==",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWZnaA==",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "______________________________________4="
      })
  void badKeyIsRefusedWithoutBeingNamed_CR07(String key) {
    assertThatThrownBy(() -> KeyRing.ofBase64(List.of(Secret.of(GOOD), Secret.of(key))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .extracting(Throwable::getMessage)
        .satisfies(message -> assertThat(key.isBlank() || !message.contains(key)).isTrue());
  }

  @Test
  void missingOrDoubledKeyIsRefused_CR07() {
    assertThatThrownBy(() -> KeyRing.ofBase64(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KeyRing.ofBase64(List.of(Secret.of(GOOD), Secret.of(GOOD + "\n"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyPurposeHasAKeyOfItsOwn_CR08() {
    KeyRing ring = TestKeys.ring(1);
    Set<String> macs = new HashSet<>();
    for (KeyPurpose purpose : TestKeys.purposes()) {
      macs.add(HexFormat.of().formatHex(ring.mac(purpose, "text")));
    }

    assertThat(macs).hasSize(KeyPurpose.values().length);
  }

  @Test
  void textsAreNotTakenForEachOther() {
    KeyRing ring = TestKeys.ring(1);

    assertThat(ring.mac(KeyPurpose.OPAQUE_TOKEN, "ab", "c"))
        .isNotEqualTo(ring.mac(KeyPurpose.OPAQUE_TOKEN, "a", "bc"));
    assertThat(ring.mac(KeyPurpose.OPAQUE_TOKEN, "abc"))
        .isNotEqualTo(ring.mac(KeyPurpose.OPAQUE_TOKEN, "abc", ""));
  }

  @Test
  void nothingOfAKeyIsPrinted_LG01() {
    assertThat(KeyRing.ofBase64(List.of(Secret.of(GOOD)))).hasToString("KeyRing[1 keys]");
    assertThat(Secret.of(GOOD)).hasToString("[secret]");
    assertThat(Secret.of(GOOD).hash()).hasToString("[hash]");
  }

  @Test
  void fingerprintTellsRingsApart_DB25() {
    assertThat(TestKeys.ring(1, 2).fingerprint()).isEqualTo(TestKeys.ring(1).fingerprint());
    assertThat(TestKeys.ring(2, 1).fingerprint()).isNotEqualTo(TestKeys.ring(1).fingerprint());
  }
}
