package io.mcpoauth.runner.command;

import io.mcpoauth.core.audit.AuditEvent.OperatorActed;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import io.mcpoauth.runner.config.ClientsConfig;
import io.mcpoauth.runner.config.Setting;
import picocli.CommandLine.Model.CommandSpec;

/** The command for a proxy that moves to another public URL (CF-07). */
final class ChangeIssuer {

  static final String NAME = "change-issuer";

  private ChangeIssuer() {}

  static void addTo(CommandSpec root) {
    CommandSpec command =
        Grammar.command(
            NAME,
            "Hands the storage over to instances of another BASE_URL or ROUTE_PREFIX, once those of"
                + " the old one have stopped. Clients find the new one by themselves; users sign in"
                + " again.");
    command.addOption(Grammar.option(Setting.BASE_URL));
    command.addOption(Grammar.option(Setting.ROUTE_PREFIX));
    Grammar.addStorage(command);
    command.addOption(Grammar.config());
    root.addSubcommand(NAME, command);
  }

  static int run(Terminal terminal, ClientsConfig config) {
    String issuer = config.issuer().toString();
    return OnStorage.run(
        terminal,
        config.storage(),
        storage -> {
          if (!storage.agreements().change(Term.ISSUER, issuer)) {
            terminal.err().println("Somebody else changes it at the moment.");
            return ExitCode.FAILED;
          }
          AuditLog.toLogger().write(new OperatorActed(NAME, issuer));
          terminal.out().println("The storage belongs to " + issuer + ".");
          return ExitCode.OK;
        });
  }
}
