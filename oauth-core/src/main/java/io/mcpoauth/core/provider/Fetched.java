package io.mcpoauth.core.provider;

import java.util.function.Function;

/** What came of fetching something from the provider. */
sealed interface Fetched<T> {

  /** It is here. */
  record Got<T>(T value) implements Fetched<T> {}

  /**
   * It is not to be had now.
   *
   * @param cause for the log, without secrets
   */
  record Missed<T>(String cause) implements Fetched<T> {}

  /** Goes on with the value; a miss stays that miss. */
  default <R> Fetched<R> then(Function<T, Fetched<R>> next) {
    if (this instanceof Got<T> got) {
      return next.apply(got.value());
    }
    return new Missed<>(((Missed<T>) this).cause());
  }
}
