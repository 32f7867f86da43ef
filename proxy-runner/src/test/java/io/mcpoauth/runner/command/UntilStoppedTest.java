package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.runner.lifecycle.RunningProxy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UntilStoppedTest {

  private final List<Thread> hooks = new ArrayList<>();

  @Test
  void programThatFailsToStartEnds() throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    UntilStopped program = new UntilStopped(new Terminal(nowhere, nowhere, Map.of()), hooks::add);
    Supplier<RunningProxy> broken =
        () -> {
          throw new ExceptionInInitializerError("no class");
        };

    assertThatThrownBy(() -> program.run(broken, proxy -> {}))
        .isInstanceOf(ExceptionInInitializerError.class);

    Thread hook = hooks.get(0);
    hook.setDaemon(true);
    hook.start();
    hook.join(Duration.ofSeconds(10).toMillis());
    assertThat(hook.isAlive()).isFalse();
  }
}
