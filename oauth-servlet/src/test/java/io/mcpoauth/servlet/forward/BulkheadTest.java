package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.forward.GateOutcome.Access;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BulkheadTest {

  private final Bulkhead bulkhead = new Bulkhead(2);

  private Optional<Access> enter() {
    return bulkhead.enter(onEnd -> () -> {});
  }

  @Test
  void placesAreTakenUntilNoneIsLeft_SL06() {
    assertThat(enter()).isPresent();
    assertThat(enter()).isPresent();

    assertThat(enter()).isEmpty();
    assertThat(enter()).isEmpty();
  }

  @Test
  void placeIsLeftOnce_SL06() {
    Access first = enter().orElseThrow();
    enter();
    first.leave();
    first.leave();

    assertThat(enter()).isPresent();
    assertThat(enter()).isEmpty();
  }
}
