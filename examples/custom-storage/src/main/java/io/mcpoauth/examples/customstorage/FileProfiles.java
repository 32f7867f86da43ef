package io.mcpoauth.examples.customstorage;

import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.ProfileStore;
import java.time.Duration;
import java.util.List;

/** The profiles, which are part of the grants. */
final class FileProfiles implements ProfileStore {

  private final Steps steps;
  private final FileChanges changes;
  private final FileGrants grants;

  FileProfiles(Steps steps, FileChanges changes, FileGrants grants) {
    this.steps = steps;
    this.changes = changes;
    this.grants = grants;
  }

  @Override
  public Claim claim(String grantId, long version, Duration lease) {
    return steps.write(
        now -> {
          StoredGrant stored = grants.find(grantId);
          if (stored == null || !stored.isLive(now)) {
            return new Claim.Gone();
          }
          if (stored.grant().profileVersion() != version) {
            return new Claim.Replaced(stored.grant());
          }
          if (stored.isClaimed(now)) {
            return new Claim.Busy();
          }
          grants.put(stored.claimedUntil(now.plus(lease)));
          return new Claim.Claimed(stored.grant());
        });
  }

  @Override
  public boolean replace(String grantId, long version, Sealed profile) {
    return changes.tellIf(
        steps.write(
            now -> {
              StoredGrant stored = grants.find(grantId);
              if (stored == null
                  || !stored.isLive(now)
                  || stored.grant().profileVersion() != version) {
                return false;
              }
              changes.add(new Change.GrantChanged(grantId), now);
              return grants.put(stored.withProfile(profile));
            }));
  }

  @Override
  public void release(String grantId, long version) {
    steps.write(
        now -> {
          StoredGrant stored = grants.find(grantId);
          return stored != null
              && stored.grant().profileVersion() == version
              && grants.put(stored.claimedUntil(null));
        });
  }

  @Override
  public boolean end(String grantId, long version, RevocationReason reason) {
    return changes.tellIf(
        steps.write(
            now -> {
              StoredGrant stored = grants.find(grantId);
              return stored != null
                  && stored.grant().profileVersion() == version
                  && grants.end(stored, now);
            }));
  }

  @Override
  public List<SealedProfile> list(String after, int limit) {
    return steps.read(
        now ->
            grants
                .after(after)
                .filter(stored -> !stored.revoked())
                .map(StoredGrant::grant)
                .limit(limit)
                .map(
                    grant ->
                        new SealedProfile(
                            grant.id(), grant.profileVersion(), grant.sealedProfile()))
                .toList());
  }

  @Override
  public boolean reseal(String grantId, long version, Sealed profile) {
    return steps.write(
        now -> {
          StoredGrant stored = grants.find(grantId);
          return stored != null
              && stored.grant().profileVersion() == version
              && grants.put(stored.withResealedProfile(profile));
        });
  }
}
