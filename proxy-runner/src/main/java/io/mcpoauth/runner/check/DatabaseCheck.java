package io.mcpoauth.runner.check;

import io.mcpoauth.core.internal.keys.SealedKeys;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.jdbc.Schema;
import io.mcpoauth.runner.config.StorageConfig;
import io.mcpoauth.runner.lifecycle.Causes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the database, or what takes its place, answers, has its tables, and was written with our
 * encryption key.
 */
final class DatabaseCheck {

  /** Storage's clock judges expiry, so a difference harms little; it shows that one is wrong. */
  private static final Duration NOTABLE_DIFFERENCE = Duration.ofSeconds(10);

  private final StorageConfig config;
  private final SecretSource random;
  private final InstantSource clock;

  DatabaseCheck(StorageConfig config, SecretSource random, InstantSource clock) {
    this.config = config;
    this.random = random;
    this.clock = clock;
  }

  List<Finding> of(KeyRing keys) {
    try {
      if (!(config instanceof StorageConfig.Postgres postgres)) {
        return contents(Finding.sound("answers"), keys);
      }
      return switch (Schema.at(postgres.dsn()).check()) {
        case MISSING -> List.of(tables("has no tables yet"));
        case OUTDATED -> List.of(tables("has the tables of an earlier release"));
        case CURRENT -> contents(Finding.sound("answers and has its tables"), keys);
        case NEWER ->
            contents(
                Finding.doubtful("has the tables of a newer release", "Update this program."),
                keys);
      };
    } catch (StorageException e) {
      return List.of(Finding.broken("does not answer: " + Causes.describe(e), hint()));
    }
  }

  private String hint() {
    return config instanceof StorageConfig.Postgres
        ? "See that DATABASE_DSN names its host, database, user and password, and that this"
            + " machine may connect."
        : "See to the settings of " + config + ", and that no other process has it.";
  }

  private static Finding tables(String state) {
    return Finding.doubtful(
        "answers, but " + state, "The proxy makes them at its start; migrate makes them now.");
  }

  private List<Finding> contents(Finding tables, KeyRing keys) {
    List<Finding> findings = new ArrayList<>(List.of(tables));
    try (Storage storage = config.open(1)) {
      findings.add(clocks(storage.changes().recent(Duration.ofSeconds(1)).storageTime()));
      findings.add(
          SealedKeys.open(storage.signingKeys(), keys, random)
              ? Finding.sound("ENCRYPTION_KEY fits what is stored")
              : Finding.broken(
                  "was written with another key than those in ENCRYPTION_KEY",
                  "Add the earlier key behind a comma, as docs/configuration.md says."));
    }
    return findings;
  }

  private Finding clocks(Instant there) {
    Duration difference = Duration.between(there, clock.instant()).abs();
    String text = "its clock and ours differ by " + difference.toSeconds() + " s";
    return difference.compareTo(NOTABLE_DIFFERENCE) > 0
        ? Finding.doubtful(text, "Set both by NTP.")
        : Finding.sound(text);
  }
}
