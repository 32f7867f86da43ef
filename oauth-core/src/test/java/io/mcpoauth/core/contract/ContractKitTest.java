package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.PendingLogin;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.LoginStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A contract that no wrong storage fails would prove nothing: each breakage must be caught. */
class ContractKitTest {

  @Test
  void redemptionThatReadsBeforeItWritesIsCaught_DB13() {
    assertThat(ContractFailures.of(ReadThenWriteRedemption.class))
        .contains("oneRacerRedeemsTheCode_TC03()");
  }

  @Test
  void rotationWithoutReuseWindowIsCaught() {
    assertThat(ContractFailures.of(NoReuseWindow.class))
        .contains("tokenReplacedWithinTheReuseWindowIsToldItsReplacement_TR03()");
  }

  @Test
  void rotationThatProlongsTheFamilyIsCaught() {
    assertThat(ContractFailures.of(EndlessFamily.class))
        .contains("rotationNeverProlongsTheFamily_TR13()");
  }

  @Test
  void revocationThatTheFeedDoesNotTellIsCaught() {
    assertThat(ContractFailures.of(SilentRevocation.class)).contains("revokedAccessTokenIsTold()");
  }

  @Test
  void wrongProofsThatHideAReplayAreCaught() {
    assertThat(ContractFailures.of(HiddenReplay.class))
        .contains("wrongProofsAfterTheRedemptionHideNoReplay_TC02()");
  }

  @Test
  void codesThatOutliveTheirLifetimeAreCaught() {
    assertThat(ContractFailures.of(LateExpiry.class)).contains("expiredCodeIsGone_TC11()");
  }

  @Test
  void loginForAnyBrowserIsCaught() {
    assertThat(ContractFailures.of(AnyBrowser.class))
        .contains("wrongBrowserLeavesTheLoginToTheRightOne()");
  }

  @Test
  void overwrittenClientIsCaught() {
    assertThat(ContractFailures.of(OverwrittenClient.class))
        .contains("clientWithTakenIdDoesNotOverwrite_DB24()");
  }

  @Test
  void clientWhoseGrantsSurviveItIsCaught_RV11() {
    assertThat(ContractFailures.of(SurvivingGrants.class))
        .contains("deletedClientTakesItsGrantsWithIt_RV11()");
  }

  @Test
  void clientsInUseThatArePrunedAreCaught_RG22() {
    assertThat(ContractFailures.of(ForgottenGrants.class))
        .contains("clientWithARecentGrantIsNeverUnused_RG22()");
  }

  static class ReadThenWriteRedemption extends StorageContention {
    @Override
    protected StorageUnderTest open() {
      Set<String> spent = ConcurrentHashMap.newKeySet();
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                @Override
                public Redemption redeem(
                    String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
                  if (spent.contains(codeId)) {
                    return new Redemption.AlreadyRedeemed();
                  }
                  LockSupport.parkNanos(100_000); // as long as a round trip to a database
                  spent.add(codeId);
                  super.redeem(codeId, refreshToken, lifetime);
                  return new Redemption.Redeemed(Instant.EPOCH);
                }
              });
    }
  }

  static class NoReuseWindow extends RefreshTokenContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                @Override
                public Rotation rotate(
                    String grantId,
                    SecretHash presented,
                    SecretHash successor,
                    RefreshLifetime lifetime,
                    Duration reuseWindow) {
                  return super.rotate(grantId, presented, successor, lifetime, Duration.ZERO);
                }
              });
    }
  }

  static class EndlessFamily extends RefreshTokenContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                @Override
                public Redemption redeem(
                    String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
                  return super.redeem(
                      codeId,
                      refreshToken,
                      new RefreshLifetime(lifetime.idle(), lifetime.absolute().multipliedBy(1000)));
                }
              });
    }
  }

  static class SilentRevocation extends ChangeFeedContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                @Override
                public void revokeAccessToken(String tokenId, String grantId, Instant expiresAt) {}
              });
    }
  }

  static class HiddenReplay extends GrantStoreContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                private boolean burnt;

                @Override
                public void countFailedRedemption(String codeId, int burnAt) {
                  burnt = true;
                }

                @Override
                public Redemption redeem(
                    String codeId, SecretHash refreshToken, RefreshLifetime lifetime) {
                  return burnt
                      ? new Redemption.Gone()
                      : super.redeem(codeId, refreshToken, lifetime);
                }
              });
    }
  }

  static class LateExpiry extends GrantStoreContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withGrants(
          grants ->
              new DelegatingGrantStore(grants) {
                @Override
                public Insertion create(
                    Grant grant, AuthorizationCode code, Duration codeLifetime) {
                  return super.create(grant, code, codeLifetime.plusSeconds(1));
                }
              });
    }
  }

  static class AnyBrowser extends LoginStoreContract {
    @Override
    protected StorageUnderTest open() {
      Map<String, SecretHash> browsers = new ConcurrentHashMap<>();
      return BrokenStorage.withLogins(
          logins ->
              new LoginStore() {
                @Override
                public Start begin(PendingLogin login, Duration lifetime) {
                  browsers.putIfAbsent(login.id(), login.browser());
                  return logins.begin(login, lifetime);
                }

                @Override
                public boolean cancel(String loginId, Duration lifetime) {
                  return logins.cancel(loginId, lifetime);
                }

                @Override
                public Consumption consume(String loginId, SecretHash browser) {
                  return logins.consume(loginId, browsers.getOrDefault(loginId, browser));
                }
              });
    }
  }

  static class OverwrittenClient extends ClientStoreContract {
    @Override
    protected StorageUnderTest open() {
      Map<String, Client> clients = new ConcurrentHashMap<>();
      return BrokenStorage.withClients(
          whole ->
              new DelegatingClientStore(whole) {
                @Override
                public Insertion insert(Client client) {
                  return clients.put(client.id(), client) == null
                      ? Insertion.INSERTED
                      : Insertion.ID_TAKEN;
                }

                @Override
                public Optional<Client> find(String clientId) {
                  return Optional.ofNullable(clients.get(clientId));
                }
              });
    }
  }

  static class SurvivingGrants extends ClientStoreContract {
    @Override
    protected StorageUnderTest open() {
      Set<String> deleted = ConcurrentHashMap.newKeySet();
      return BrokenStorage.withClients(
          whole ->
              new DelegatingClientStore(whole) {
                @Override
                public boolean delete(String clientId) {
                  return deleted.add(clientId);
                }

                @Override
                public Optional<Client> find(String clientId) {
                  return deleted.contains(clientId) ? Optional.empty() : super.find(clientId);
                }
              });
    }
  }

  static class ForgottenGrants extends ClientStoreContract {
    @Override
    protected StorageUnderTest open() {
      return BrokenStorage.withClients(
          whole ->
              new DelegatingClientStore(whole) {
                @Override
                public int deleteUnused(Duration neverUsedFor, Duration idleFor, int limit) {
                  return super.deleteUnused(neverUsedFor, Duration.ZERO, limit);
                }
              });
    }
  }
}
