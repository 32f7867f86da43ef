package io.mcpoauth.benchmarks;

import io.mcpoauth.benchmarks.rig.GrantRows;
import io.mcpoauth.benchmarks.rig.PostgresServer;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.GrantStore.Rotation;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.StatementTexts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntConsumer;

/** A verb of storage in both forms: as our call, and as a script for pgbench. */
enum StorageVerb {
  /** A code is redeemed: each client has its own, a span of numbers. */
  REDEEM {
    @Override
    void fill(PostgresServer database) {
      GrantRows.waiting(database, ROWS);
    }

    @Override
    IntConsumer step(PostgresStorage storage, int clients) {
      int[] used = new int[clients];
      return client -> {
        String code = Integer.toString(first(client, clients) + ++used[client]);
        Redemption answer = storage.grants().redeem(code, SecretHash.of(code), LIFETIME);
        require(answer instanceof Redemption.Redeemed, "a code was not redeemed");
      };
    }

    @Override
    String script(int clients) {
      return """
      \\set i :i + 1
      \\set codeId :client_id * %d + :i
      \\set refreshToken :codeId
      """
              .formatted(ROWS / clients)
          + LIFETIMES
          + StatementTexts.redeem();
    }
  },

  /** A refresh token is rotated: each client has a grant of its own. */
  ROTATE {
    @Override
    void fill(PostgresServer database) {
      GrantRows.live(database, 1_000);
      String hash = database.sql("update mcp_oauth.grants set current_hash = '0' where id > '9'");
      require(hash.isEmpty(), hash);
    }

    @Override
    IntConsumer step(PostgresStorage storage, int clients) {
      SecretHash[] current = new SecretHash[clients];
      Arrays.fill(current, SecretHash.of("0"));
      return client -> {
        SecretHash successor = SecretHash.of(Long.toString(System.nanoTime()));
        Rotation answer =
            storage
                .grants()
                .rotate(
                    Integer.toString(client + 1),
                    current[client],
                    successor,
                    LIFETIME,
                    Duration.ofMinutes(1));
        require(answer instanceof Rotation.Rotated, "a token was not rotated");
        current[client] = successor;
      };
    }

    /** From the other end of the numbers, where the first hash is one digit. */
    @Override
    String script(int clients) {
      return """
      \\set grantId 999 - :client_id
      \\set presented :i
      \\set i :i + 1
      \\set successor :i
      """
          + LIFETIMES
          + StatementTexts.rotate();
    }
  },

  /** A grant is read, as each instance does once for each grant that it meets. */
  FIND {
    @Override
    void fill(PostgresServer database) {
      GrantRows.live(database, ROWS);
    }

    @Override
    IntConsumer step(PostgresStorage storage, int clients) {
      int[] used = new int[clients];
      return client -> {
        String id = Integer.toString(first(client, clients) + ++used[client] % (ROWS / clients));
        require(storage.grants().findUsable(id).isPresent(), "a grant was not found");
      };
    }

    @Override
    String script(int clients) {
      return """
      \\set i :i + 1
      \\set grantId :client_id * %1$d + :i %% %1$d
      """
              .formatted(ROWS / clients)
          + StatementTexts.findUsable();
    }
  };

  /** More than are redeemed in a run. */
  private static final int ROWS = 120_000;

  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(30), Duration.ofDays(180));

  private static final String LIFETIMES =
      "\\set idle 2592000000000\n\\set absolute 15552000000000\n";

  /** Makes the rows that the verb works on. */
  abstract void fill(PostgresServer database);

  /** The verb, called once by that client. */
  abstract IntConsumer step(PostgresStorage storage, int clients);

  /** The same for pgbench, whose variables are named as the statement's parameters. */
  abstract String script(int clients);

  /** What it is called in tables. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static int first(int client, int clients) {
    return client * (ROWS / clients);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalStateException(message);
    }
  }
}
