package io.mcpoauth.runner.command;

import io.mcpoauth.runner.config.Setting;
import io.mcpoauth.runner.config.SettingGroup;
import io.mcpoauth.runner.lifecycle.Version;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Commands and flags, made from the one list of settings.
 *
 * <p>The help shows the defaults of that list and never current values: picocli's own way to show
 * defaults would print the secrets of the environment.
 */
final class Grammar {

  static final String DEMO = "--demo";
  static final String CONFIG = "--config";
  static final String MIGRATE = "migrate";
  static final String CHECK = "check";
  static final String PRINT_SCHEMA = "print-schema";

  private Grammar() {}

  /** What is parsed. Without groups: a flag in a group may stand twice, and the last one wins. */
  static CommandSpec toParse() {
    CommandSpec root = root();
    Arrays.stream(Setting.values()).forEach(setting -> root.addOption(option(setting)));
    return root;
  }

  /** What the help shows: the same in groups. */
  static CommandSpec toShow() {
    CommandSpec root = root();
    for (SettingGroup group : SettingGroup.values()) {
      root.addArgGroup(settingsOf(group));
    }
    return root;
  }

  private static CommandSpec root() {
    CommandSpec root =
        command("proxy-runner", "OAuth 2.1 for an MCP server: protects it as a proxy.");
    root.addOption(
        OptionSpec.builder(DEMO)
            .description(
                "Runs on this machine with nothing to set up: a database, a sign-in without"
                    + " passwords and a sample MCP server are included.")
            .build());
    root.addOption(config());
    root.usageMessage()
        .footer(
            "",
            "A flag wins over the environment variable of the same name in capitals, that one over"
                + " the configuration file. Other users of the machine can see flags: give secrets"
                + " in the environment or the file.",
            "",
            "Exit codes: 0 done, 1 failed, 2 command line or configuration wrong.");
    root.addSubcommand(CHECK, check());
    root.addSubcommand(MIGRATE, migrate());
    root.addSubcommand(
        PRINT_SCHEMA,
        command(
            PRINT_SCHEMA, "Prints the SQL of all tables, for those who run migrations by hand."));
    ClientGrammar.addTo(root);
    GrantGrammar.addTo(root);
    KeyGrammar.addTo(root);
    ChangeIssuer.addTo(root);
    return root;
  }

  private static CommandSpec check() {
    CommandSpec check =
        command(
            CHECK,
            "Tries all that the settings name, without changing anything, and says what is wrong:"
                + " database, encryption key, providers, MCP server, public URL, clocks.");
    Arrays.stream(Setting.values()).forEach(setting -> check.addOption(option(setting)));
    check.addOption(config());
    return check;
  }

  private static CommandSpec migrate() {
    CommandSpec migrate = command(MIGRATE, "Makes or updates the tables in the database and ends.");
    addStorage(migrate);
    migrate.addOption(config());
    return migrate;
  }

  static CommandSpec command(String name, String description) {
    CommandSpec spec = CommandSpec.create().name(name).version(versionLines());
    spec.usageMessage()
        .description(description)
        .autoWidth(false)
        .width(100)
        .abbreviateSynopsis(true)
        .sortOptions(false);
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Shows the version.")
            .build());
    return spec;
  }

  /** The flags of whatever works on what is kept. */
  static void addStorage(CommandSpec command) {
    command.addOption(option(Setting.DATABASE_DSN));
    command.addOption(option(Setting.STORAGE_PLUGIN));
    command.addOption(option(Setting.PLUGIN_DIR));
  }

  static OptionSpec config() {
    return OptionSpec.builder(CONFIG)
        .type(String.class)
        .paramLabel("FILE")
        .description("Reads settings from a properties file: NAME=value lines, in UTF-8.")
        .build();
  }

  private static ArgGroupSpec settingsOf(SettingGroup group) {
    ArgGroupSpec.Builder builder =
        ArgGroupSpec.builder().validate(false).heading("%n" + group.title() + ":%n");
    Arrays.stream(Setting.values())
        .filter(setting -> setting.group() == group)
        .forEach(setting -> builder.addArg(option(setting)));
    return builder.build();
  }

  /** A flag of one command, with a text. */
  static OptionSpec text(String flag, String label, String description) {
    return OptionSpec.builder(flag)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  static OptionSpec option(Setting setting) {
    return OptionSpec.builder(setting.flag())
        .type(String.class)
        .paramLabel(setting.variable())
        .description(escaped(sentence(setting)))
        .build();
  }

  private static String sentence(Setting setting) {
    String standard =
        setting.defaultValue().map(value -> value.isEmpty() ? "empty" : value).orElse("");
    String meaning = setting.meaning();
    return meaning.substring(0, 1).toUpperCase(Locale.ROOT)
        + meaning.substring(1)
        + ". "
        + (standard.isEmpty() ? "Required." : "Default: " + standard + ".");
  }

  /** Descriptions are format strings to picocli. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  private static String[] versionLines() {
    return new String[] {"MCP OAuth Proxy " + Version.current()};
  }
}
