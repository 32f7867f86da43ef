package io.mcpoauth.core.contract;

import org.junit.jupiter.api.Nested;

/** The whole contract. Extend it and say how to open a fresh storage. */
public abstract class StorageContract {

  /** A fresh, empty storage; closed after each test. */
  protected abstract StorageUnderTest open();

  /** {@link ClientStoreContract}. */
  @Nested
  class Clients extends ClientStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link RegistrationStoreContract}. */
  @Nested
  class Registrations extends RegistrationStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link AssertionStoreContract}. */
  @Nested
  class Assertions extends AssertionStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link LoginStoreContract}. */
  @Nested
  class Logins extends LoginStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link GrantStoreContract}. */
  @Nested
  class Grants extends GrantStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link RefreshTokenContract}. */
  @Nested
  class RefreshTokens extends RefreshTokenContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link ProfileStoreContract}. */
  @Nested
  class Profiles extends ProfileStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link SessionStoreContract}. */
  @Nested
  class Sessions extends SessionStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link UserGrantsContract}. */
  @Nested
  class UserGrants extends UserGrantsContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link GrantEndingsContract}. */
  @Nested
  class GrantEndings extends GrantEndingsContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link SigningKeyStoreContract}. */
  @Nested
  class SigningKeys extends SigningKeyStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link AgreementStoreContract}. */
  @Nested
  class Agreements extends AgreementStoreContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link EndedFactsContract}. */
  @Nested
  class EndedFacts extends EndedFactsContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link ChangeFeedContract}. */
  @Nested
  class Changes extends ChangeFeedContract {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }

  /** {@link StorageContention}. */
  @Nested
  class Contention extends StorageContention {
    @Override
    protected StorageUnderTest open() {
      return StorageContract.this.open();
    }
  }
}
