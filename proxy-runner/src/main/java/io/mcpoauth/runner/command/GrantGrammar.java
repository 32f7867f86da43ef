package io.mcpoauth.runner.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command by which an operator ends grants. */
final class GrantGrammar {

  static final String END = "end-grants";

  static final String USER = "--user";
  static final String CLIENT = "--client-id";
  static final String MADE_BEFORE = "--made-before";
  static final String ALL = "--all";

  private GrantGrammar() {}

  static void addTo(CommandSpec root) {
    CommandSpec end =
        Grammar.command(
            END,
            "Ends grants with all of their tokens, at once everywhere, so that those users sign in"
                + " again. Needs one of the flags that say whose.");
    end.addOption(Grammar.text(USER, "ID", "The user, as MCP servers see the id."));
    end.addOption(
        Grammar.text(CLIENT, "ID", "The client; the URL of its document, if it has one."));
    end.addOption(
        Grammar.text(
            MADE_BEFORE, "TIME", "Whatever was granted before, such as 2026-03-01T12:00:00Z."));
    end.addOption(
        OptionSpec.builder(ALL).description("Everything, as after a backup was restored.").build());
    Grammar.addStorage(end);
    end.addOption(Grammar.config());
    root.addSubcommand(END, end);
  }
}
