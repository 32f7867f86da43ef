package io.mcpoauth.servlet.internal.parse;

import io.mcpoauth.core.protocol.OAuthError;
import java.util.function.Function;

/** A request body, or why it was not read. */
public sealed interface Body<T> {

  /** Handles both cases. */
  <R> R match(Function<T, R> ifRead, Function<Refused<T>, R> ifRefused);

  /** It was read. */
  record Read<T>(T value) implements Body<T> {
    @Override
    public <R> R match(Function<T, R> ifRead, Function<Refused<T>, R> ifRefused) {
      return ifRead.apply(value);
    }
  }

  /** It cannot be used; to be answered with this status. */
  record Refused<T>(int status, OAuthError error) implements Body<T> {
    @Override
    public <R> R match(Function<T, R> ifRead, Function<Refused<T>, R> ifRefused) {
      return ifRefused.apply(this);
    }
  }
}
