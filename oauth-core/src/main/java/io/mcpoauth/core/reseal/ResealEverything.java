package io.mcpoauth.core.reseal;

import io.mcpoauth.core.keys.SealedSigningKeys;
import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.profile.GrantProfiles;
import io.mcpoauth.core.reseal.ResealReport.Counts;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ProfileStore.SealedProfile;
import io.mcpoauth.core.spi.storage.SigningKeyStore.StoredKey;
import io.mcpoauth.core.spi.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Seals with the first encryption key whatever an older one sealed and outlives a sign-in: the
 * operator's part of replacing a key without logging anyone out (CR-06). Live traffic goes on
 * meanwhile. A run that was broken off is simply started again.
 */
public final class ResealEverything {

  private static final int BATCH = 500;

  private final Storage storage;
  private final KeyRing keys;
  private final GrantProfiles profiles;
  private final SealedSigningKeys signingKeys;

  /** Seals with the first key of the ring what any of them opens. */
  public ResealEverything(Storage storage, KeyRing keys, SecretSource random) {
    this.storage = storage;
    this.keys = keys;
    this.profiles = new GrantProfiles(keys, random);
    this.signingKeys = new SealedSigningKeys(keys, random);
  }

  /**
   * Does it. When nothing is unreadable, storage requires the first key from then on, and no
   * instance without it becomes ready.
   *
   * @throws io.mcpoauth.core.spi.storage.StorageException when storage fails; what was sealed anew
   *     by then stays so
   */
  public ResealReport run() {
    ResealReport report = new ResealReport(grants(), signingKeys());
    if (report.isComplete()) {
      String required = storage.encryptionKey().require(keys.fingerprint());
      storage.encryptionKey().replace(required, keys.fingerprint());
    }
    return report;
  }

  private Counts grants() {
    Counts counts = Counts.NONE;
    String last = "";
    List<SealedProfile> batch;
    do {
      batch = storage.profiles().list(last, BATCH);
      for (SealedProfile profile : batch) {
        counts = counts.plus(reseal(profile));
        last = profile.grantId();
      }
    } while (batch.size() == BATCH);
    return counts;
  }

  /** One whose version has changed meanwhile was sealed by an instance, with its first key. */
  private Counts reseal(SealedProfile profile) {
    return count(
        profiles.isCurrent(profile.sealed()),
        profiles.reseal(profile.grantId(), profile.sealed()),
        renewed -> storage.profiles().reseal(profile.grantId(), profile.version(), renewed));
  }

  private Counts signingKeys() {
    return storage.signingKeys().list().stream()
        .map(StoredKey::key)
        .map(this::reseal)
        .reduce(Counts.NONE, Counts::plus);
  }

  private Counts reseal(SigningKey key) {
    return count(
        signingKeys.isCurrent(key),
        signingKeys.reseal(key),
        renewed -> {
          storage.signingKeys().reseal(key.kid(), renewed);
          return true;
        });
  }

  private static Counts count(boolean current, Optional<Sealed> resealed, Predicate<Sealed> keep) {
    if (resealed.isEmpty()) {
      return new Counts(0, 0, 1);
    }
    return !current && keep.test(resealed.get()) ? new Counts(1, 0, 0) : new Counts(0, 1, 0);
  }
}
