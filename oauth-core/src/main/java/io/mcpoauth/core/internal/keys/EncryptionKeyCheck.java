package io.mcpoauth.core.internal.keys;

import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.spi.storage.AgreementStore;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import java.util.Optional;

/** Whether this instance has the encryption key that storage was written with (DB-25). */
public final class EncryptionKeyCheck {

  private final AgreementStore store;
  private final KeyRing keys;

  /** Compares those keys with what that store requires. */
  public EncryptionKeyCheck(AgreementStore store, KeyRing keys) {
    this.store = store;
    this.keys = keys;
  }

  /** What the operator must put right; empty when the key is there. */
  public Optional<String> problem() {
    String required = store.require(Term.ENCRYPTION_KEY, keys.fingerprint());
    return keys.contains(required)
        ? Optional.empty()
        : Optional.of(
            "what is stored is encrypted with the key of fingerprint "
                + required
                + ", which ENCRYPTION_KEY does not hold (the fingerprint of its first key is "
                + keys.fingerprint()
                + "); put the old key behind the new one");
  }
}
