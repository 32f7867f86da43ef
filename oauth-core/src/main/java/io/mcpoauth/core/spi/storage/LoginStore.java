package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import java.time.Duration;

/**
 * Logins from the user's decision on the consent page to the return from the provider. Each id goes
 * one way: unknown, then begun and consumed, or cancelled. It ends at its lifetime, and until then
 * an ended login is remembered so that it cannot begin again.
 */
public interface LoginStore {

  /** What became of an attempt to begin a login. */
  enum Start {
    /** It waits for the user now. */
    BEGUN,
    /** It was consumed, cancelled or has expired. */
    ENDED
  }

  /**
   * Begins a login that ends by itself after the lifetime. One that waits already is replaced,
   * since the user may have gone back and chosen another provider; it keeps its first lifetime.
   */
  Start begin(PendingLogin login, Duration lifetime);

  /**
   * Ends a login that has not been consumed, begun or not, and remembers that for the lifetime.
   * Asked again, it answers the same.
   *
   * @return false when it was consumed or has expired
   */
  boolean cancel(String loginId, Duration lifetime);

  /** Takes the login out, once: the browser's hash must match, else it stays as it is. */
  Consumption consume(String loginId, SecretHash browser);

  /** What became of an attempt to take a login out. */
  sealed interface Consumption {

    /** This caller, and no other ever, has it. */
    record Consumed(Sealed sealedRequest) implements Consumption {}

    /** It waits for another browser. */
    record WrongBrowser() implements Consumption {}

    /** It is unknown, was consumed or cancelled, or has expired. */
    record Gone() implements Consumption {}
  }
}
