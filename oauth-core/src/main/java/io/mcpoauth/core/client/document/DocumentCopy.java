package io.mcpoauth.core.client.document;

import io.mcpoauth.core.model.Client;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A valid document that we keep.
 *
 * @param youngUntil the host is not asked again before, whatever happens
 * @param freshUntil the host is not asked again before, unless the copy is in doubt
 * @param usableUntil the copy serves until then while the host is in trouble
 */
record DocumentCopy(Client client, Instant youngUntil, Instant freshUntil, Instant usableUntil) {

  /** How long a copy serves beyond its lifetime while the host is in trouble. */
  static final Duration USABLE_BEYOND_LIFETIME = Duration.ofHours(24);

  /** How long a host in trouble is left alone when there is a copy. */
  private static final Duration RETRY = Duration.ofSeconds(60);

  static DocumentCopy of(Client client, Instant now, Duration lifetime) {
    Instant freshUntil = now.plus(lifetime);
    return new DocumentCopy(
        client,
        now.plus(CacheLifetime.MINIMUM),
        freshUntil,
        freshUntil.plus(USABLE_BEYOND_LIFETIME));
  }

  /**
   * Whether the copy answers without its host being asked.
   *
   * @param revision that somebody saw; a copy that differs from it is in doubt. Null for none
   */
  boolean isGood(Instant now, @Nullable String revision) {
    boolean inDoubt = revision != null && !client.revision().equals(revision);
    return now.isBefore(inDoubt ? youngUntil : freshUntil);
  }

  boolean isUsable(Instant now) {
    return now.isBefore(usableUntil);
  }

  /** The same copy after its host could not be asked. */
  DocumentCopy postponed(Instant now) {
    Instant retry = now.plus(RETRY);
    Instant latest = retry.isBefore(usableUntil) ? retry : usableUntil;
    return new DocumentCopy(
        client, latest, freshUntil.isAfter(latest) ? freshUntil : latest, usableUntil);
  }
}
