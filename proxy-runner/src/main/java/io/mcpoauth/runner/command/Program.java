package io.mcpoauth.runner.command;

import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.jdbc.Schema;
import io.mcpoauth.runner.config.ConfigurationOutcome;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationOutcome.Refused;
import io.mcpoauth.runner.config.ConfigurationReader;
import io.mcpoauth.runner.config.DemoConfig;
import io.mcpoauth.runner.config.Setting;
import io.mcpoauth.runner.config.SettingValues;
import io.mcpoauth.runner.config.StorageConfig;
import io.mcpoauth.runner.lifecycle.Causes;
import io.mcpoauth.runner.lifecycle.DemoMode;
import io.mcpoauth.runner.lifecycle.Runner;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From the command line to the work that it asks for. */
public final class Program {

  private final Terminal terminal;

  /** A program at that terminal. */
  public Program(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Does what the arguments say; returns when it is done, which for a proxy is never: the process
   * ends when it is told to stop.
   *
   * @return the exit code
   */
  public int run(String... arguments) {
    ParseResult result;
    try {
      result = commandLine(Grammar.toParse()).parseArgs(arguments);
    } catch (ParameterException e) {
      UsageProblems.describe(e).forEach(terminal.err()::println);
      return ExitCode.CONFIGURATION;
    }
    if (result.isUsageHelpRequested()) {
      commandLine(Grammar.toShow()).usage(terminal.out());
      return ExitCode.OK;
    }
    Integer helped = CommandLine.executeHelpRequest(result);
    return helped != null ? helped : dispatch(result);
  }

  /** Values are taken as they are: no files of arguments, no variables, no quotes. */
  private CommandLine commandLine(CommandSpec grammar) {
    return new CommandLine(grammar)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
  }

  private int dispatch(ParseResult result) {
    String command = result.hasSubcommand() ? result.subcommand().commandSpec().name() : "";
    if (command.equals(Grammar.PRINT_SCHEMA)) {
      terminal.out().print(Schema.sql());
      terminal.out().flush();
      return ExitCode.OK;
    }
    ConfigurationReader reader = new ConfigurationReader(values(result));
    if (command.equals(Grammar.MIGRATE)) {
      return withConfiguration(reader.storageAlone(), this::migrate);
    }
    if (command.equals(Grammar.CHECK)) {
      return withConfiguration(reader.proxy(), new CheckCommand(terminal)::run);
    }
    if (ClientGrammar.COMMANDS.contains(command)) {
      return onClients(result.subcommand(), reader);
    }
    if (command.equals(GrantGrammar.END)) {
      GrantCommands commands =
          new GrantCommands(terminal, GrantEnds.of(reader.proxy()), InstantSource.system());
      return withConfiguration(
          reader.storageAlone(), storage -> commands.end(result.subcommand(), storage));
    }
    if (KeyGrammar.COMMANDS.contains(command)) {
      KeyCommands commands = new KeyCommands(terminal);
      return withConfiguration(
          reader.sealedStorage(),
          command.equals(KeyGrammar.ROTATE)
              ? config -> commands.rotate(result.subcommand(), config)
              : commands::rotateSigningKey);
    }
    if (command.equals(ChangeIssuer.NAME)) {
      return withConfiguration(reader.clients(), config -> ChangeIssuer.run(terminal, config));
    }
    if (result.hasMatchedOption(Grammar.DEMO)) {
      return withConfiguration(reader.demo(), this::runDemo);
    }
    return withConfiguration(
        reader.proxy(),
        config -> new UntilStopped(terminal).run(() -> Runner.start(config), proxy -> {}));
  }

  private int onClients(ParseResult flags, ConfigurationReader reader) {
    ClientCommands commands = new ClientCommands(terminal, GrantEnds.of(reader.proxy()));
    return switch (flags.commandSpec().name()) {
      case ClientGrammar.CREATE ->
          withConfiguration(reader.clients(), config -> commands.create(flags, config));
      case ClientGrammar.DELETE ->
          withConfiguration(reader.storageAlone(), storage -> commands.delete(flags, storage));
      default -> withConfiguration(reader.storageAlone(), commands::list);
    };
  }

  private int runDemo(DemoConfig config) {
    return new UntilStopped(terminal)
        .run(
            () -> DemoMode.start(config),
            proxy -> terminal.out().println(DemoBanner.of(config, proxy.issuer())));
  }

  private int migrate(StorageConfig storage) {
    try {
      storage.prepare();
      terminal.out().println("The tables in " + storage + " are up to date.");
      return ExitCode.OK;
    } catch (StorageException e) {
      terminal.err().println("The migration failed: " + Causes.describe(e));
      return ExitCode.FAILED;
    }
  }

  private <T> int withConfiguration(ConfigurationOutcome<T> outcome, ToIntFunction<T> work) {
    outcome.warnings().forEach(warning -> terminal.err().println("Warning: " + warning));
    if (outcome instanceof Configured<T> configured) {
      return work.applyAsInt(configured.configuration());
    }
    Refused<T> refused = (Refused<T>) outcome;
    refused.problems().forEach(problem -> terminal.err().println(problem.line()));
    return ExitCode.CONFIGURATION;
  }

  /** A flag counts wherever it stands, before the command or behind it. */
  private SettingValues values(ParseResult result) {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    Path file = null;
    for (ParseResult part = result; part != null; part = part.subcommand()) {
      for (Setting setting : Setting.values()) {
        String value = part.matchedOptionValue(setting.flag(), "");
        if (!value.isEmpty()) {
          flags.put(setting, value);
        }
      }
      String config = part.matchedOptionValue(Grammar.CONFIG, "");
      file = config.isEmpty() ? file : Path.of(config);
    }
    return SettingValues.of(flags, terminal.environment(), file);
  }
}
