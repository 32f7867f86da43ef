package io.mcpoauth.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class KeptTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Test
  void forgettableValuesAreDroppedAsOthersCome() {
    Kept<Integer> kept = new Kept<>(CLOCK, (value, at) -> value % 100 != 0);

    for (int i = 0; i < 10_000; i++) {
      kept.put("id " + i, i);
    }

    assertThat(kept.size()).isBetween(100, 300);
    assertThat(kept.get("id 9900")).isEqualTo(9900);
  }

  @Test
  void valuesThatMayNotBeForgottenStay() {
    Kept<Integer> kept = new Kept<>(CLOCK, (value, at) -> false);

    for (int i = 0; i < 1_000; i++) {
      kept.put("id " + i, i);
    }

    assertThat(kept.size()).isEqualTo(1_000);
    assertThat(kept.contains("id 0")).isTrue();
  }
}
