package io.mcpoauth.runner.command;

import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.runner.check.Checkup;
import io.mcpoauth.runner.check.Part;
import io.mcpoauth.runner.config.RunnerConfig;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints what a check-up finds, one line for each finding. */
final class CheckCommand {

  private final Terminal terminal;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Fails when something is broken; doubts alone are no failure. */
  int run(RunnerConfig config) {
    AtomicInteger broken = new AtomicInteger();
    new Checkup(config, SecretSource.system(), InstantSource.system())
        .run(
            part -> {
              for (Finding finding : part.findings()) {
                terminal.out().println(line(part, finding));
                broken.addAndGet(finding.level() == Finding.Level.BROKEN ? 1 : 0);
              }
            });
    terminal.out().println(broken.get() == 0 ? "Nothing is wrong." : broken + " wrong.");
    return broken.get() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  /** What others sent may be part of a finding: no character of theirs may steer a terminal. */
  private static String line(Part part, Finding finding) {
    String advice = finding.advice().isEmpty() ? "" : ". " + finding.advice();
    return "%-5s  %s: %s%s"
        .formatted(word(finding.level()), part.name(), finding.text(), advice)
        .replaceAll("\\p{C}", "?");
  }

  private static String word(Finding.Level level) {
    return switch (level) {
      case SOUND -> "ok";
      case DOUBTFUL -> "look";
      case BROKEN -> "WRONG";
    };
  }
}
