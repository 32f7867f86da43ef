package io.mcpoauth.core.spi.storage;

/**
 * What all instances that read this storage have in common. It tells an instance that was set up
 * otherwise, which could open nothing or would refuse what the others issue, before it does harm.
 */
public interface AgreementStore {

  /** What instances agree on. */
  enum Term {
    /** The fingerprint of the encryption key that each must have (DB-25). */
    ENCRYPTION_KEY,
    /** The issuer that each must be (CF-07). */
    ISSUER
  }

  /**
   * The value that is kept; where there is none yet, the given one, which is kept from now on. Of
   * two callers with different values one wins, and both are told its value.
   */
  String require(Term term, String value);

  /**
   * Replaces the value.
   *
   * @return false when the expected value is not the one that is kept; nothing was changed
   */
  boolean replace(Term term, String expected, String next);

  /**
   * Replaces whatever value is kept.
   *
   * @return false when another caller replaced it at the same time; nothing was changed
   */
  default boolean change(Term term, String next) {
    return replace(term, require(term, next), next);
  }
}
