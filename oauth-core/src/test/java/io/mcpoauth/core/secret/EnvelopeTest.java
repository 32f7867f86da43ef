package io.mcpoauth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final byte[] PLAIN = "plain".getBytes(StandardCharsets.UTF_8);
  private static final String OWNER = "grants/1";

  private static Envelope envelope(KeyPurpose purpose, int... keys) {
    return new Envelope(TestKeys.ring(keys), purpose, SecretSource.system());
  }

  private static Envelope envelope(int... keys) {
    return envelope(KeyPurpose.UPSTREAM_TOKENS, keys);
  }

  @Test
  void whatAnOlderKeySealedIsSealedAnewWithTheFirst_CR06() {
    Sealed old = envelope(1).seal("owner", PLAIN);

    assertThat(envelope(2, 1).isCurrent(old)).isFalse();
    Sealed anew = envelope(2, 1).reseal("owner", old).orElseThrow();

    assertThat(envelope(2, 1).isCurrent(anew)).isTrue();
    assertThat(envelope(2).open("owner", anew)).contains(PLAIN);
    assertThat(envelope(1).open("owner", anew)).isEmpty();
    assertThat(envelope(2).reseal("owner", old)).isEmpty();
    assertThat(envelope(2, 1).reseal("other", old)).isEmpty();
  }

  @Test
  void sealedBytesOpenForTheirOwner() {
    Sealed sealed = envelope(1).seal(OWNER, PLAIN);

    assertThat(envelope(1).open(OWNER, sealed)).contains(PLAIN);
    assertThat(new String(sealed.toBytes(), StandardCharsets.ISO_8859_1)).doesNotContain("plain");
  }

  @Test
  void bytesThatWereMovedDoNotOpen_CR04() {
    Sealed sealed = envelope(1).seal(OWNER, PLAIN);

    assertThat(envelope(1).open("grants/2", sealed)).isEmpty();
    assertThat(envelope(1).open("logins/1", sealed)).isEmpty();
  }

  @Test
  void otherPurposesDoNotOpen_CR08() {
    Sealed sealed = envelope(1).seal(OWNER, PLAIN);

    for (KeyPurpose purpose : TestKeys.purposes()) {
      assertThat(envelope(purpose, 1).open(OWNER, sealed).isPresent())
          .as(purpose.name())
          .isEqualTo(purpose == KeyPurpose.UPSTREAM_TOKENS);
    }
  }

  @Test
  void oldKeysOpenUntilTheyAreDropped_CR06() {
    Sealed old = envelope(1).seal(OWNER, PLAIN);
    Sealed current = envelope(2, 1).seal(OWNER, PLAIN);

    assertThat(envelope(2, 1).open(OWNER, old)).contains(PLAIN);
    assertThat(envelope(1).open(OWNER, current)).isEmpty();
    assertThat(envelope(2).open(OWNER, current)).contains(PLAIN);
    assertThat(envelope(2).open(OWNER, old)).isEmpty();
  }

  @Test
  void anyFlippedByteCloses() {
    byte[] sealed = envelope(1).seal(OWNER, PLAIN).toBytes();
    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      assertThat(envelope(1).open(OWNER, Sealed.ofStored(flipped))).as("byte " + i).isEmpty();
    }
  }

  @Test
  void anyOtherLengthCloses() {
    byte[] sealed = envelope(1).seal(OWNER, new byte[0]).toBytes();
    for (int length = 0; length < sealed.length; length++) {
      assertThat(envelope(1).open(OWNER, Sealed.ofStored(Arrays.copyOf(sealed, length)))).isEmpty();
    }
    assertThat(envelope(1).open(OWNER, Sealed.ofStored(Arrays.copyOf(sealed, sealed.length + 1))))
        .isEmpty();
  }

  @Test
  void equalBytesAreSealedDifferently_CR05() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(Arrays.toString(envelope(1).seal(OWNER, PLAIN).toBytes()));
    }

    assertThat(seen).hasSize(1_000);
  }
}
