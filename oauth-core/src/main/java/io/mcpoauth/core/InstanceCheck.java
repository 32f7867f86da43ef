package io.mcpoauth.core;

import io.mcpoauth.core.internal.keys.EncryptionKeyCheck;
import io.mcpoauth.core.spi.storage.AgreementStore;
import io.mcpoauth.core.spi.storage.AgreementStore.Term;
import java.net.URI;
import java.util.Optional;

/** Whether this instance was set up as the others on its storage were (DB-25, CF-07). */
final class InstanceCheck {

  private final EncryptionKeyCheck encryptionKey;
  private final AgreementStore agreements;
  private final String issuer;

  InstanceCheck(EncryptionKeyCheck encryptionKey, AgreementStore agreements, URI issuer) {
    this.encryptionKey = encryptionKey;
    this.agreements = agreements;
    this.issuer = issuer.toString();
  }

  /** What the operator must put right; empty when all is well. */
  Optional<String> problem() {
    return encryptionKey.problem().or(this::otherIssuer);
  }

  /** Instances of two issuers would refuse each other's tokens, now and then, as it seems. */
  private Optional<String> otherIssuer() {
    String agreed = agreements.require(Term.ISSUER, issuer);
    return agreed.equals(issuer)
        ? Optional.empty()
        : Optional.of(
            "the storage belongs to instances of the issuer "
                + agreed
                + ", and this one is "
                + issuer
                + "; set the same public URL, or stop those and run change-issuer");
  }
}
