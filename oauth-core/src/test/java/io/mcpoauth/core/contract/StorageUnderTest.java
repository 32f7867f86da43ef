package io.mcpoauth.core.contract;

import io.mcpoauth.core.spi.storage.ChangeFeed;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;

/** One fresh, empty storage with a clock that the kit can move. */
public interface StorageUnderTest extends AutoCloseable {

  /** The storage. */
  Storage storage();

  /** Another instance on the same data; the same one where a storage has only one. */
  default Storage otherInstance() {
    return storage();
  }

  /** Moves storage's clock forward. */
  void advance(Duration by);

  /** Whether {@link ChangeFeed#subscribe} is expected to give hints, which it may not. */
  default boolean givesHints() {
    return true;
  }

  /** Ends what {@link StorageContract#open} began. */
  @Override
  void close();

  /** A storage that takes its time from the given clock and has one instance. */
  static StorageUnderTest of(Storage storage, MutableClock clock) {
    return new StorageUnderTest() {
      @Override
      public Storage storage() {
        return storage;
      }

      @Override
      public void advance(Duration by) {
        clock.advance(by);
      }

      @Override
      public void close() {
        storage.close();
      }
    };
  }
}
