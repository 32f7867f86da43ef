package io.mcpoauth.core.provider;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.util.function.Function;

/** One step of finishing a sign-in: it yields what the next one needs, or ends the sign-in. */
sealed interface Step<T> {

  /** What the next step needs. */
  record Next<T>(T value) implements Step<T> {}

  /** The sign-in ends here. */
  record End<T>(SignInAnswer answer) implements Step<T> {}

  static <T> Step<T> rejected(String cause) {
    return new End<>(new SignInAnswer.Rejected(cause));
  }

  static <T> Step<T> unavailable(String cause) {
    return new End<>(new SignInAnswer.Unavailable(cause));
  }

  /** The next step; a miss is an outage. */
  static <T> Step<T> of(Fetched<T> fetched) {
    if (fetched instanceof Fetched.Got<T> got) {
      return new Next<>(got.value());
    }
    return unavailable(((Fetched.Missed<T>) fetched).cause());
  }

  /** Goes on with the value; an end stays that end. */
  default <R> Step<R> then(Function<T, Step<R>> next) {
    if (this instanceof Next<T> here) {
      return next.apply(here.value());
    }
    return new End<>(((End<T>) this).answer());
  }

  /** The answer that the last step's value makes, or that a step ended with. */
  default SignInAnswer finish(Function<T, SignInAnswer> last) {
    if (this instanceof Next<T> here) {
      return last.apply(here.value());
    }
    return ((End<T>) this).answer();
  }
}
