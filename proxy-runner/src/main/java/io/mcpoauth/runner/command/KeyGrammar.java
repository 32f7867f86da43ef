package io.mcpoauth.runner.command;

import io.mcpoauth.runner.config.Setting;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands by which an operator replaces keys. */
final class KeyGrammar {

  static final String ROTATE = "rotate-keys";
  static final String ROTATE_SIGNING = "rotate-signing-key";
  static final String END_UNREADABLE = "--end-unreadable";
  static final Set<String> COMMANDS = Set.of(ROTATE, ROTATE_SIGNING);

  private KeyGrammar() {}

  static void addTo(CommandSpec root) {
    CommandSpec rotate =
        command(
            ROTATE,
            "Encrypts with the first key of ENCRYPTION_KEY whatever an older one encrypted, while"
                + " the proxy runs; may be broken off and started again.");
    rotate.addOption(
        OptionSpec.builder(END_UNREADABLE)
            .description("Ends what no key opens, when its key is lost: those users sign in again.")
            .build());
    root.addSubcommand(ROTATE, rotate);
    root.addSubcommand(
        ROTATE_SIGNING,
        command(
            ROTATE_SIGNING,
            "Makes the next key that signs access tokens; it is published now and signs in two"
                + " hours."));
  }

  private static CommandSpec command(String name, String description) {
    CommandSpec command = Grammar.command(name, description);
    Grammar.addStorage(command);
    command.addOption(Grammar.option(Setting.ENCRYPTION_KEY));
    command.addOption(Grammar.config());
    return command;
  }
}
