package io.mcpoauth.core.guards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check of {@code guards.txt} is where {@link GuardRemoval} takes it out. */
class GuardTest {

  @ParameterizedTest
  @MethodSource("io.mcpoauth.core.guards.Guard#all")
  void checkStandsInTheCodeOnce(Guard guard) {
    assertThat(guard.occurrences()).isEqualTo(1);
  }
}
