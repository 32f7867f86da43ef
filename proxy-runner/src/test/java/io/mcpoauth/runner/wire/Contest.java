package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.contract.Race;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.flow.Signer;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenOutcome.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What clients and browsers may do at the same moment at both instances, and what must come. */
enum Contest {
  /** A code is redeemed by all: one gets tokens, nobody an error of ours (TC-03, DB-01). */
  CODE {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      String code = app.code();

      List<TokenOutcome> outcomes = race.run(racer -> app.exchange(racer, code));

      assertThat(outcomes).filteredOn(Issued.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(Refused.class::isInstance)
          .allMatch(outcome -> error(outcome) == ErrorCode.INVALID_GRANT);
    }
  },

  /** A sign-in comes back several times: one code (UP-02, DB-02). */
  LOGIN {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      ToProvider login = app.approve();
      int calls = app.proxy().provider.finished().size();

      List<AuthorizeOutcome> outcomes = race.run(racer -> app.comeBack(racer, login));

      assertThat(outcomes).filteredOn(ToClient.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(ErrorPage.class::isInstance).hasSize(RACERS - 1);
      assertThat(app.proxy().provider.finished()).hasSize(calls + 1);
    }
  },

  /** A page is approved and declined at once: never a denial and a code (CN-08, CN-09). */
  CONSENT {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      ConsentPage page = app.consent();
      ToProvider login = DirectApp.as(ToProvider.class, app.decide(0, page, "idp"));

      List<AuthorizeOutcome> outcomes =
          race.run(
              racer -> racer % 2 == 0 ? app.decide(racer, page, null) : app.comeBack(racer, login));

      long denied = List.of(0, 2).stream().filter(i -> outcomes.get(i) instanceof ToClient).count();
      long codes = List.of(1, 3).stream().filter(i -> outcomes.get(i) instanceof ToClient).count();
      assertThat(codes).isEqualTo(denied == 0 ? 1 : 0);
      assertThat(denied).isIn(0L, 2L);
    }
  },

  /** A refresh token is used by all: everybody gets the same successor, which works (TR-04). */
  REFRESH {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      String token = app.refreshToken();

      List<TokenOutcome> outcomes = race.run(racer -> app.refresh(racer, token));

      assertThat(outcomes).allMatch(Issued.class::isInstance);
      List<String> successors =
          outcomes.stream().map(o -> DirectApp.refreshTokenOf((Issued) o)).distinct().toList();
      assertThat(successors).hasSize(1);
      assertThat(generation(app, token)).isEqualTo(1);
      DirectApp.as(Issued.class, app.refresh(1, successors.get(0)));
    }
  },

  /** Refreshes race with a revocation: none of their tokens lives after it (TR-05, RV-14). */
  REVOCATION {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      String token = app.refreshToken();

      List<Object> outcomes =
          race.run(racer -> racer == 0 ? revoke(app, token) : app.refresh(racer, token));

      assertThat(outcomes.get(0)).isInstanceOf(RevokeOutcome.Done.class);
      outcomes.stream()
          .filter(Issued.class::isInstance)
          .map(outcome -> DirectApp.refreshTokenOf((Issued) outcome))
          .forEach(successor -> assertThat(app.refresh(1, successor)).isInstanceOf(Refused.class));
      assertThat(app.refresh(0, token)).isInstanceOf(Refused.class);
    }

    private Object revoke(DirectApp app, String token) {
      return app.server(0).revoke(new RevokeRequest(app.app().revoking(token).parameters(), null));
    }
  },

  /** An assertion is shown by all: it authenticates one of them (CA-13, DB-02). */
  ASSERTION {
    @Override
    void trial(DirectApp app, Race race, int number) throws Exception {
      String assertion =
          SIGNER.sign(
              Signer.claims(
                  app.app().id(), app.proxy().issuer.toString(), "jti " + number, Instant.now()));
      Query form =
          app.app()
              .refreshing("mcpr_none")
              .with("client_assertion_type", Signer.TYPE)
              .with("client_assertion", assertion);

      List<TokenOutcome> outcomes = race.run(racer -> app.token(racer, form));

      assertThat(outcomes.stream().map(Contest::error))
          .filteredOn(ErrorCode.INVALID_GRANT::equals)
          .hasSize(1);
      assertThat(outcomes.stream().map(Contest::error))
          .filteredOn(ErrorCode.INVALID_CLIENT::equals)
          .hasSize(RACERS - 1);
    }

    @Override
    App client(TwoInstances proxy) {
      String metadata =
          App.metadata("Signer", "private_key_jwt", App.REDIRECT_URI)
              .replaceFirst("\\{", "{\"jwks\":" + SIGNER.keySet() + ",");
      return App.ofOperator(proxy, metadata);
    }
  };

  static final int RACERS = 4;
  private static final Signer SIGNER = Signer.of("ES256");

  /** One race; fails when what came of it must not be. */
  abstract void trial(DirectApp app, Race race, int number) throws Exception;

  App client(TwoInstances proxy) {
    return App.register(proxy);
  }

  final void run(TwoInstances proxy, int trials) throws Exception {
    DirectApp app = new DirectApp(proxy, client(proxy));
    try (Race race = new Race(RACERS)) {
      for (int number = 0; number < trials; number++) {
        trial(app, race, number);
      }
    }
  }

  private static ErrorCode error(TokenOutcome outcome) {
    return DirectApp.as(Refused.class, outcome).error().code();
  }

  private static long generation(DirectApp app, String refreshToken) {
    String grant =
        refreshToken.substring("mcpr_".length(), Objects.requireNonNull(refreshToken).indexOf('.'));
    return app.proxy()
        .database
        .number("select generation from mcp_oauth.grants where id = '" + grant + "'");
  }
}
