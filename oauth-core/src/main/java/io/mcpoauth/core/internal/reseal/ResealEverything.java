package io.mcpoauth.core.internal.reseal;

import io.mcpoauth.core.internal.keys.SealedSigningKeys;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.reseal.ResealReport.Counts;
import io.mcpoauth.core.model.SigningKey;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore.SealedProfile;
import io.mcpoauth.core.spi.storage.SigningKeyStore.StoredKey;
import io.mcpoauth.core.spi.storage.Storage;
import java.util.List;
import java.util.Optional;

/**
 * Seals with the first encryption key whatever an older one sealed and outlives a sign-in: the
 * operator's part of replacing a key without logging anyone out (CR-06). Live traffic goes on
 * meanwhile. A run that was broken off is simply started again.
 */
public final class ResealEverything {

  private static final int BATCH = 500;
  private static final Counts RESEALED = new Counts(1, 0, 0, 0);
  private static final Counts CURRENT = new Counts(0, 1, 0, 0);
  private static final Counts UNREADABLE = new Counts(0, 0, 1, 0);
  private static final Counts ENDED = new Counts(0, 0, 0, 1);

  private final Storage storage;
  private final KeyRing keys;
  private final Unreadable unreadable;
  private final GrantProfiles profiles;
  private final SealedSigningKeys signingKeys;

  /** What to do with what no key opens. */
  public enum Unreadable {
    /** Leave it, since its key may turn up. */
    KEEP,
    /** End it, since its key is lost: users sign in again. */
    END
  }

  /** Seals with the first key of the ring what any of them opens. */
  public ResealEverything(
      Storage storage, KeyRing keys, SecretSource random, Unreadable unreadable) {
    this.storage = storage;
    this.keys = keys;
    this.unreadable = unreadable;
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
      storage.agreements().change(Term.ENCRYPTION_KEY, keys.fingerprint());
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
    Optional<Sealed> renewed = profiles.reseal(profile.grantId(), profile.sealed());
    if (renewed.isEmpty()) {
      return unreadable(
          () -> storage.grants().revoke(profile.grantId(), RevocationReason.KEY_LOST));
    }
    boolean changed =
        !profiles.isCurrent(profile.sealed())
            && storage.profiles().reseal(profile.grantId(), profile.version(), renewed.get());
    return changed ? RESEALED : CURRENT;
  }

  private Counts signingKeys() {
    List<SigningKey> chain = storage.signingKeys().list().stream().map(StoredKey::key).toList();
    Counts counts = chain.stream().map(this::reseal).reduce(Counts.NONE, Counts::plus);
    if (counts.ended() > 0) {
      // Tokens of the lost keys are refused from now on, and clients fetch others.
      SigningKey next = signingKeys.generate(chain.get(chain.size() - 1).kid());
      if (storage.signingKeys().append(next)) {
        storage.signingKeys().forgetBefore(next.kid());
      }
    }
    return counts;
  }

  private Counts reseal(SigningKey key) {
    Optional<Sealed> renewed = signingKeys.reseal(key);
    if (renewed.isEmpty()) {
      return unreadable(() -> {});
    }
    if (signingKeys.isCurrent(key)) {
      return CURRENT;
    }
    storage.signingKeys().reseal(key.kid(), renewed.get());
    return RESEALED;
  }

  private Counts unreadable(Runnable end) {
    return switch (unreadable) {
      case KEEP -> UNREADABLE;
      case END -> {
        end.run();
        yield ENDED;
      }
    };
  }
}
