package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Races over two instances on one PostgreSQL. {@code -Dmcpoauth.race.trials=1000000} makes it as
 * many trials of each kind.
 */
class RaceTest extends WireTest {

  private static final int TRIALS = Integer.getInteger("mcpoauth.race.trials", 150);

  /** What is wrong without its guard goes wrong almost at once. */
  private static final int TRIALS_WITHOUT_GUARD = 20;

  RaceTest(TwoInstances proxy) {
    super(proxy);
  }

  @ParameterizedTest
  @EnumSource
  void whatMayHappenOnceHappensOnce_DB01_DB02_DB03_TC03_TR04_TR05_CA13_RV14(Contest contest)
      throws Exception {
    contest.run(proxy, TRIALS);
  }

  /** The same races must notice that a guard is missing, else they show nothing (DB-13). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CODE       | g\\.redeemed_at is null",
        "LOGIN      | (?<=and )ended_at is null",
        "CONSENT    | login\\.ended_at is null or login\\.browser_hash is null",
        "REFRESH    | (?<=and )(?=current_hash = \\?)",
        "REVOCATION | (g\\.)?revoked_at is null",
        "ASSERTION  | known\\.expires_at <= mcp_oauth\\.storage_time\\(\\)"
      })
  void raceFailsWithoutTheGuard_DB13(Contest contest, String guard) {
    SqlWithout without = new SqlWithout(guard);
    Setup guardless =
        Setup.standard().on(database -> PostgresStorage.on(without.of(database.dataSource())));

    try (TwoInstances broken = TwoInstances.start(guardless)) {
      assertThatThrownBy(() -> contest.run(broken, TRIALS_WITHOUT_GUARD))
          .isInstanceOf(AssertionError.class);
    }
    assertThat(without.removals()).isPositive();
  }
}
