package io.mcpoauth.runner.command;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.audit.AuditEvent.OperatorActed;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.keys.EncryptionKeyCheck;
import io.mcpoauth.core.internal.keys.KeySchedule;
import io.mcpoauth.core.internal.keys.SealedSigningKeys;
import io.mcpoauth.core.internal.keys.SigningKeys;
import io.mcpoauth.core.internal.reseal.ResealEverything;
import io.mcpoauth.core.internal.reseal.ResealEverything.Unreadable;
import io.mcpoauth.core.internal.reseal.ResealReport;
import io.mcpoauth.core.internal.reseal.ResealReport.Counts;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.runner.config.SealedStorageConfig;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** What {@link KeyGrammar} can ask for. */
final class KeyCommands {

  private final Terminal terminal;
  private final AuditLog audit = AuditLog.toLogger();

  KeyCommands(Terminal terminal) {
    this.terminal = terminal;
  }

  int rotate(ParseResult flags, SealedStorageConfig config) {
    Unreadable unreadable =
        flags.hasMatchedOption(KeyGrammar.END_UNREADABLE) ? Unreadable.END : Unreadable.KEEP;
    return OnStorage.run(
        terminal,
        config.storage(),
        storage ->
            report(
                new ResealEverything(
                        storage, config.encryption(), SecretSource.system(), unreadable)
                    .run()));
  }

  int rotateSigningKey(SealedStorageConfig config) {
    return OnStorage.run(terminal, config.storage(), storage -> rotateSigningKey(storage, config));
  }

  private int rotateSigningKey(Storage storage, SealedStorageConfig config) {
    Optional<String> problem =
        new EncryptionKeyCheck(storage.agreements(), config.encryption()).problem();
    if (problem.isPresent()) {
      terminal.err().println("No key was made: " + problem.get() + ".");
      return ExitCode.FAILED;
    }
    SigningKeys keys =
        new SigningKeys(
            storage.signingKeys(),
            new SealedSigningKeys(config.encryption(), SecretSource.system()),
            new KeySchedule(
                KeySchedule.STANDARD_MAX_AGE, ServerSettings.Lifetimes.standard().accessToken()),
            InstantSource.system());
    boolean made = keys.rotate();
    if (made) {
      audit.write(new OperatorActed(KeyGrammar.ROTATE_SIGNING, ""));
    }
    terminal
        .out()
        .println(
            made
                ? "The next signing key is published, and signs in two hours."
                : "Somebody else just made the next signing key.");
    return ExitCode.OK;
  }

  private int report(ResealReport report) {
    if (isChange(report.grants()) || isChange(report.signingKeys())) {
      audit.write(new OperatorActed(KeyGrammar.ROTATE, ""));
    }
    terminal.out().println(line("Grants", report.grants()));
    terminal.out().println(line("Signing keys", report.signingKeys()));
    if (report.isComplete()) {
      terminal
          .out()
          .println(
              "The first key opens everything. Keep the older ones behind it for as long as refresh"
                  + " tokens live unused: 30 days.");
      return ExitCode.OK;
    }
    terminal
        .err()
        .println(
            "Some of it no key of ENCRYPTION_KEY opens. Add the key that is missing; if it is lost,"
                + " --end-unreadable makes those users sign in again.");
    return ExitCode.FAILED;
  }

  private static boolean isChange(Counts counts) {
    return counts.resealed() > 0 || counts.ended() > 0;
  }

  private static String line(String what, Counts counts) {
    return "%s: %d encrypted anew, %d were already, %d unreadable, %d ended."
        .formatted(what, counts.resealed(), counts.current(), counts.unreadable(), counts.ended());
  }
}
