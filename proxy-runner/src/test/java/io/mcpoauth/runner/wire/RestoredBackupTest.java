package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isDead;
import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.command.CommandLineRun;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A database that was set back to an earlier time, and the command that makes up for it. */
class RestoredBackupTest {

  private static final String STATE =
      "redeemed_at, current_hash, replaced_hashes, replaced_at, generation, idle_expires_at,"
          + " absolute_expires_at, revoked_at, revocation_reason";

  private static final String LIVE = "revoked_at is null and redeemed_at is not null";

  @Test
  void whatWasEndedAndRotatedSinceTheBackupDoesNotLiveAgain_DB17() {
    try (TwoInstances proxy = TwoInstances.start()) {
      App app = App.register(proxy);
      App.Tokens stolen = app.tokens();
      App.Tokens revoked = app.tokens();
      backUp(proxy);
      App.Tokens current = App.issued(app.refresh(stolen.refresh()));
      assertThat(new Wire(proxy.one).revoke(app.revoking(revoked.refresh())).statusCode())
          .isEqualTo(200);
      isDead(proxy, revoked.access());
      restore(proxy);
      // What the restored database says, if it is asked by an instance that knows nothing else.
      assertThat(proxy.database.number("select count(*) from mcp_oauth.grants where " + LIVE))
          .isEqualTo(2);

      CommandLineRun ended = endGrants(proxy, "--all");

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.out()).isEqualTo("Grants that ended: 2.\n");
      isDead(proxy, revoked.access());
      isDead(proxy, stolen.access());
      isDead(proxy, current.access());
      isInvalidGrant(app.refresh(stolen.refresh()));
      isInvalidGrant(app.refresh(current.refresh()));
      isInvalidGrant(app.refresh(revoked.refresh()));
      assertThat(app.isLetIn(app.tokens().access())).isTrue();
    }
  }

  /** Without the command, the restored database brings a dead token back to life. */
  @Test
  void restoredDatabaseAloneWouldLetTheDeadIn_DB17() {
    try (TwoInstances proxy = TwoInstances.start()) {
      App app = App.register(proxy);
      App.Tokens tokens = app.tokens();
      backUp(proxy);
      new Wire(proxy.one).revoke(app.revoking(tokens.refresh()));
      isInvalidGrant(app.refresh(tokens.refresh()));
      restore(proxy);

      App.issued(app.refresh(tokens.refresh()));
      assertThat(endGrants(proxy, "--all").exitCode()).isZero();
      isInvalidGrant(app.refresh(tokens.refresh()));
    }
  }

  private static CommandLineRun endGrants(TwoInstances proxy, String whose) {
    return CommandLineRun.of(Map.of("DATABASE_DSN", proxy.database.dsnText()), "end-grants", whose);
  }

  private static void backUp(TwoInstances proxy) {
    proxy.database.execute("create table backup as select id, " + STATE + " from mcp_oauth.grants");
  }

  private static void restore(TwoInstances proxy) {
    proxy.database.execute(
        "update mcp_oauth.grants g set ("
            + STATE
            + ") = (select "
            + STATE
            + " from backup b where b.id = g.id)");
  }
}
