package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.runner.e2e.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The operator's commands on keys, on a real database. */
class KeyCommandsTest {

  private static final String OLD = key(1);
  private static final String NEW = key(2);

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final PostgresStorage storage = PostgresStorage.connect(database.dsn(), 1);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    storage.close();
  }

  @Test
  void everythingIsEncryptedAnew_CR06() {
    run(OLD, "rotate-signing-key");
    grant("grant", OLD);
    assertThat(run(NEW + "," + OLD, "rotate-keys")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "Grants: 1 encrypted anew, 0 were already, 0 unreadable, 0 ended.",
            "Signing keys: 2 encrypted anew, 0 were already, 0 unreadable, 0 ended.");

    assertThat(run(NEW, "rotate-keys")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "Grants: 0 encrypted anew, 1 were already, 0 unreadable, 0 ended.",
            "Signing keys: 0 encrypted anew, 2 were already, 0 unreadable, 0 ended.");
  }

  @Test
  void whatNoKeyOpensIsAFailure_DB25() {
    run(OLD, "rotate-signing-key");
    grant("grant", OLD);

    assertThat(run(NEW, "rotate-keys")).isEqualTo(1);
    assertThat(out.toString(UTF_8)).contains("Grants: 0 encrypted anew, 0 were already, 1 unread");
    assertThat(err.toString(UTF_8)).contains("Add the key that is missing").doesNotContain(NEW);
    assertThat(run(NEW, "rotate-signing-key")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("No key was made").doesNotContain(NEW);
    assertThat(storage.signingKeys().list()).hasSize(2);
  }

  @Test
  void whatNoKeyOpensIsEndedWhenTheOperatorSaysSo_DB25() {
    run(OLD, "rotate-signing-key");
    grant("grant", OLD);

    assertThat(run(NEW, "rotate-keys", "--end-unreadable")).isZero();
    assertThat(out.toString(UTF_8))
        .contains(
            "Grants: 0 encrypted anew, 0 were already, 0 unreadable, 1 ended.",
            "Signing keys: 0 encrypted anew, 0 were already, 0 unreadable, 2 ended.");
    assertThat(storage.grants().findUsable("grant")).isEmpty();
    assertThat(run(NEW, "rotate-keys")).isZero();
    assertThat(out.toString(UTF_8)).contains("Signing keys: 0 encrypted anew, 1 were already");
  }

  @Test
  void nextSigningKeyIsMade_CR06() {
    assertThat(run(OLD, "rotate-signing-key")).isZero();
    assertThat(run(OLD, "rotate-signing-key")).isZero();
    assertThat(out.toString(UTF_8)).contains("is published");
    assertThat(storage.signingKeys().list()).hasSize(3);
  }

  @Test
  void commandThatChangedNothingIsNoEvent() {
    try (CapturedLog log = new CapturedLog()) {
      run(OLD, "rotate-signing-key");
      run(OLD, "rotate-keys");

      assertThat(log.messages().stream().filter(line -> line.contains("event=operator_acted")))
          .singleElement()
          .asString()
          .contains("command=rotate-signing-key ");
    }
  }

  @Test
  void keysAreNeeded() {
    assertThat(run("", "rotate-keys")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("ENCRYPTION_KEY is missing");
  }

  private void grant(String id, String key) {
    GrantProfiles profiles =
        new GrantProfiles(KeyRing.ofBase64(List.of(Secret.of(key))), SecretSource.system());
    Grant grant = TestFacts.grant(id);
    GrantProfile profile =
        new GrantProfile(
            new User("user", "provider", null, null),
            new UpstreamTokens(Secret.of("token"), null, null));
    storage
        .grants()
        .create(
            grant.withResealedProfile(profiles.seal(id, profile)),
            TestFacts.code("code of " + id),
            Duration.ofMinutes(1));
  }

  private int run(String keys, String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of("DATABASE_DSN", database.dsnText(), "ENCRYPTION_KEY", keys));
    return new Program(terminal).run(arguments);
  }

  private static String key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Base64.getEncoder().encodeToString(bytes);
  }
}
