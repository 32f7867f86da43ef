package io.mcpoauth.examples.customstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.GrantStore.Redemption;
import io.mcpoauth.core.spi.storage.GrantStore.RefreshLifetime;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.spi.storage.StorageFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract cannot know of: the file. */
class FileStorageTest {

  private static final RefreshLifetime LIFETIME =
      new RefreshLifetime(Duration.ofDays(1), Duration.ofDays(30));

  private final Path folder;

  FileStorageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theRunnerFindsItAndSaysWhatIsMissing() {
    StorageFactory factory = ServiceLoader.load(StorageFactory.class).findFirst().orElseThrow();

    assertThat(factory.id()).isEqualTo("files");
    assertThatThrownBy(() -> factory.open(Map.of(), InstantSource.system()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FILES_PATH is missing");
    Secret path = Secret.of(folder.resolve("file").toString());
    try (Storage storage = factory.open(Map.of("PATH", path), InstantSource.system())) {
      storage.ping();
    }
    assertThat(folder.resolve("file")).isRegularFile();
  }

  @Test
  void everyAnsweredStepSurvivesACrashOfTheProcess() throws IOException {
    Path copy = folder.resolve("copy");
    try (Storage storage = open("original")) {
      storage.clients().insert(TestFacts.publicClient("client"));
      storage
          .grants()
          .create(TestFacts.grant("grant"), TestFacts.code("code"), Duration.ofMinutes(1));
      storage.grants().redeem("code", TestFacts.hash("token"), LIFETIME);
      // As a crash leaves it: the file is still open.
      Files.copy(folder.resolve("original"), copy);
    }
    try (Storage storage = open("copy")) {
      assertThat(storage.clients().find("client")).contains(TestFacts.publicClient("client"));
      assertThat(storage.grants().redeem("code", TestFacts.hash("other"), LIFETIME))
          .isEqualTo(new Redemption.AlreadyRedeemed());
    }
  }

  @Test
  void aStepThatFailsChangesNothing() {
    MVStore store = new MVStore.Builder().autoCommitDisabled().open();
    Steps steps = new Steps(store, InstantSource.system());
    Shelf<String> shelf = new Shelf<>(store, "shelf", String.class);
    store.commit();
    assertThatThrownBy(
            () ->
                steps.write(
                    now -> {
                      shelf.put("id", "half a step");
                      throw new IllegalStateException("boom");
                    }))
        .isInstanceOf(StorageException.class);
    assertThat(steps.<Boolean>read(now -> shelf.contains("id"))).isFalse();
    store.close();
  }

  @Test
  void whatEndedLongAgoLeavesTheFile() {
    MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    MVStore store = new MVStore.Builder().autoCommitDisabled().open();
    Duration minute = Duration.ofMinutes(1);
    try (Storage storage = new FileStorage(store, clock)) {
      storage.grants().create(TestFacts.grant("grant"), TestFacts.code("code"), minute);
      storage.grants().revokeAccessToken("token", "grant", clock.instant().plus(minute));
      storage.logins().cancel("login", minute);
      storage.assertions().remember("client", "assertion", minute);
      storage.sessions().begin(TestFacts.hash("session"), TestFacts.sealed("user"), minute);
      clock.advance(Duration.ofDays(3));

      assertThat(storage.deleteEnded(Duration.ofDays(2), 10)).isFalse();

      // Clients stay as used as they were.
      assertThat(store.getMapNames())
          .filteredOn(name -> !store.openMap(name).isEmpty())
          .containsExactly("uses");
    }
  }

  @Test
  void aSecondProcessFindsTheFileLocked() {
    try (Storage storage = open("file")) {
      storage.ping();
      assertThatThrownBy(() -> open("file").close()).isInstanceOf(MVStoreException.class);
    }
  }

  private Storage open(String name) {
    return FileStorage.open(folder.resolve(name), InstantSource.system());
  }
}
