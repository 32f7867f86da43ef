package io.mcpoauth.servlet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {

  @Test
  void runThatFailsIsNotTheLast() {
    AtomicInteger runs = new AtomicInteger();
    SerialTask task =
        new SerialTask(
            () -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the first run fails");
              }
            });

    assertThatIllegalStateException().isThrownBy(task::start);
    task.start();
    assertThat(runs).hasValue(2);
  }
}
