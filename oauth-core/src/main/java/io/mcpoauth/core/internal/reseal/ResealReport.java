package io.mcpoauth.core.internal.reseal;

/**
 * What became of everything that was sealed.
 *
 * @param grants profiles of grants, with the provider's tokens
 * @param signingKeys keys that sign access tokens
 */
public record ResealReport(Counts grants, Counts signingKeys) {

  /**
   * Of one kind.
   *
   * @param resealed by this run
   * @param current that were sealed with the first key before
   * @param unreadable that no key opens, and that were left as they are
   * @param ended that no key opens, and that have been ended for it
   */
  public record Counts(int resealed, int current, int unreadable, int ended) {

    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          resealed + other.resealed,
          current + other.current,
          unreadable + other.unreadable,
          ended + other.ended);
    }
  }

  /** Whether the first key now opens everything, so that the others open nothing more. */
  public boolean isComplete() {
    return grants.unreadable() == 0 && signingKeys.unreadable() == 0;
  }
}
