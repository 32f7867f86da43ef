package io.mcpoauth.core.spi.storage;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretHash;
import java.time.Duration;
import java.util.Optional;

/** Sessions of users in browsers, for pages of our own. */
public interface SessionStore {

  /**
   * Keeps a session, which ends by itself after the lifetime.
   *
   * @param id the hash of what the browser holds; never used before
   * @param session readable by core alone
   */
  void begin(SecretHash id, Sealed session, Duration lifetime);

  /** The session of that id, while it lasts. */
  Optional<Sealed> find(SecretHash id);

  /** Ends a session; nothing happens when there is none. */
  void end(SecretHash id);
}
