package io.mcpoauth.runner.command;

import io.mcpoauth.core.audit.AuditEvent.OperatorActed;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.runner.config.StorageConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParseResult;

/** What {@link GrantGrammar} can ask for. */
final class GrantCommands {

  private final Terminal terminal;
  private final GrantEnds ends;
  private final InstantSource clock;

  /**
   * Commands at that terminal.
   *
   * @param clock tells how long ago a time was, for which storage's own clock judges then
   */
  GrantCommands(Terminal terminal, GrantEnds ends, InstantSource clock) {
    this.terminal = terminal;
    this.ends = ends;
    this.clock = clock;
  }

  int end(ParseResult flags, StorageConfig kept) {
    List<Optional<GrantSelection>> given =
        Stream.of(
                GrantGrammar.USER, GrantGrammar.CLIENT, GrantGrammar.MADE_BEFORE, GrantGrammar.ALL)
            .filter(flags::hasMatchedOption)
            .map(flag -> selection(flag, flags))
            .toList();
    if (given.size() != 1 || given.get(0).isEmpty()) {
      terminal
          .err()
          .println(
              "Say whose grants end, by one of --user ID, --client-id ID, --made-before TIME (such"
                  + " as 2026-03-01T12:00:00Z, and past) and --all.");
      return ExitCode.CONFIGURATION;
    }
    return OnStorage.run(
        terminal,
        kept,
        storage -> {
          long count = ends.end(storage, given.get(0).get(), RevocationReason.OPERATOR_REQUEST);
          ends.note(new OperatorActed(GrantGrammar.END, subject(flags)));
          terminal.out().println("Grants that ended: " + count + ".");
          return ExitCode.OK;
        });
  }

  private Optional<GrantSelection> selection(String flag, ParseResult flags) {
    if (flag.equals(GrantGrammar.ALL)) {
      return Optional.of(new GrantSelection.Made(Duration.ZERO));
    }
    String value = flags.matchedOptionValue(flag, "");
    return switch (flag) {
      case GrantGrammar.MADE_BEFORE -> age(value).map(GrantSelection.Made::new);
      case GrantGrammar.USER -> present(value).map(GrantSelection.OfUser::new);
      default -> present(value).map(GrantSelection.OfClient::new);
    };
  }

  private static Optional<String> present(String value) {
    return Optional.of(value).filter(text -> !text.isEmpty());
  }

  private Optional<Duration> age(String time) {
    try {
      return Optional.of(Duration.between(Instant.parse(time), clock.instant()))
          .filter(age -> !age.isNegative());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static String subject(ParseResult flags) {
    return flags.matchedOptionValue(
        GrantGrammar.USER,
        flags.matchedOptionValue(
            GrantGrammar.CLIENT, flags.matchedOptionValue(GrantGrammar.MADE_BEFORE, "")));
  }
}
