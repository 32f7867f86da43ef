package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.forward.Bulkhead.Entered;
import io.mcpoauth.servlet.forward.Bulkhead.Entry;
import io.mcpoauth.servlet.forward.Bulkhead.Full;
import io.mcpoauth.servlet.forward.Bulkhead.UserFull;
import io.mcpoauth.servlet.forward.GateOutcome.Access;
import org.junit.jupiter.api.Test;

class BulkheadTest {

  private final Bulkhead bulkhead = new Bulkhead(new McpServer.Capacity(3, 2));

  private Entry enter(String userId) {
    return bulkhead.enter(userId, onEnd -> () -> {});
  }

  private static Access access(Entry entry) {
    return ((Entered) entry).access();
  }

  @Test
  void placesAreTakenUntilNoneIsLeft_SL06_DS13() {
    enter("ada");
    enter("ada");
    assertThat(enter("bob")).isInstanceOf(Entered.class);

    assertThat(enter("bob")).isEqualTo(new Full());
    assertThat(enter("cyd")).isEqualTo(new Full());
  }

  @Test
  void placeIsLeftOnce_SL06() {
    Access first = access(enter("ada"));
    enter("bob");
    enter("cyd");
    first.leave();
    first.leave();

    assertThat(enter("dan")).isInstanceOf(Entered.class);
    assertThat(enter("dan")).isEqualTo(new Full());
  }

  @Test
  void oneUserDoesNotTakeAllPlaces_DS13() {
    Access first = access(enter("ada"));
    enter("ada");

    assertThat(enter("ada")).isEqualTo(new UserFull());
    assertThat(enter("ada")).isEqualTo(new UserFull());
    assertThat(enter("bob")).isInstanceOf(Entered.class);
    first.leave();
    assertThat(enter("ada")).isInstanceOf(Entered.class);
  }
}
