package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.refreshQuery;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessDecision.TooManyRequests;
import io.mcpoauth.core.access.AccessDecision.Unauthenticated;
import io.mcpoauth.core.access.AccessDecision.Unavailable;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What one client or grant uses up is its own. */
class LimitsFlowTest extends FlowTest {

  private static final RateLimit THREE = RateLimit.perMinute(3);

  private final Issued tokens = flow.signIn();

  @Test
  void clientThatAsksTooOftenWaits_DS05() {
    flow.register("other", ClientAuthenticationMethod.NONE, Flow.REDIRECT_URI);
    try (AuthorizationServer limited = flow.instanceWith(builder -> builder.clientLimit(THREE))) {
      for (int i = 0; i < 3; i++) {
        Outcomes.issued(refresh(limited, "client"));
      }
      refused(ErrorCode.TOO_MANY_REQUESTS, refresh(limited, "client"));
      refused(ErrorCode.INVALID_GRANT, refresh(limited, "other"));
      flow.clock.advance(Duration.ofSeconds(20));
      Outcomes.issued(refresh(limited, "client"));
    }
  }

  @Test
  void strangersUseUpNothingOfAConfidentialClient_CA09() {
    Query wrong =
        refreshQuery("any").with("client_id", "confidential").with("client_secret", "wrong");
    try (AuthorizationServer limited = flow.instanceWith(builder -> builder.clientLimit(THREE))) {
      for (int i = 0; i < 10; i++) {
        refused(ErrorCode.INVALID_CLIENT, token(limited, wrong));
      }
      refused(ErrorCode.INVALID_GRANT, token(limited, wrong.with("client_secret", Flow.SECRET)));
    }
  }

  @Test
  void grantThatIsUsedTooOftenWaits_DS05() {
    Secret other = flow.signIn().accessToken();
    try (AuthorizationServer limited = flow.instanceWith(builder -> builder.grantLimit(THREE))) {
      Flow.access(limited, other, Flow.MCP);
      for (int i = 0; i < 3; i++) {
        assertThat(Flow.access(limited, tokens.accessToken(), Flow.MCP))
            .isInstanceOf(Granted.class);
      }
      assertThat(Flow.access(limited, tokens.accessToken(), Flow.MCP))
          .isEqualTo(new TooManyRequests(Duration.ofSeconds(20)));
      assertThat(Flow.access(limited, other, Flow.MCP)).isInstanceOf(Granted.class);
    }
  }

  @Test
  void sourceThatForgesTokensWaitsAndNobodyElse_DS08() {
    String known = bearer(tokens);
    String forged = known.substring(0, known.length() - 86) + "A".repeat(86);
    try (AuthorizationServer limited =
        flow.instanceWith(builder -> builder.forgedTokenLimit(THREE))) {
      Flow.access(limited, tokens.accessToken(), Flow.MCP);
      for (int i = 0; i < 3; i++) {
        assertThat(from("forger", forged, limited)).isInstanceOf(Unauthenticated.class);
      }
      TooManyRequests wait = new TooManyRequests(Duration.ofSeconds(20));
      assertThat(from("forger", forged, limited)).isEqualTo(wait);
      assertThat(from("forger", bearer(flow.signIn()), limited)).isEqualTo(wait);
      assertThat(from("forger", known, limited)).isInstanceOf(Granted.class);
      assertThat(from("other", bearer(flow.signIn()), limited)).isInstanceOf(Granted.class);
      flow.clock.advance(Duration.ofSeconds(20));
      assertThat(from("forger", forged, limited)).isInstanceOf(Unauthenticated.class);
    }
  }

  @Test
  void manySourcesThatForgeTokensMakeTheUnknownWait_DS08() {
    String known = bearer(tokens);
    String forged = known.substring(0, known.length() - 86) + "A".repeat(86);
    try (AuthorizationServer server = flow.instanceWith(builder -> builder)) {
      Flow.access(server, tokens.accessToken(), Flow.MCP);
      for (int i = 0; i < 200; i++) {
        assertThat(from("forger " + i, forged, server)).isInstanceOf(Unauthenticated.class);
      }
      assertThat(from("another", bearer(flow.signIn()), server)).isEqualTo(new Unavailable());
      assertThat(from("another", known, server)).isInstanceOf(Granted.class);
      flow.clock.advance(Duration.ofSeconds(1));
      assertThat(from("another", bearer(flow.signIn()), server)).isInstanceOf(Granted.class);
    }
  }

  private static String bearer(Issued issued) {
    return "Bearer " + issued.accessToken().expose();
  }

  private static AccessDecision from(String source, String header, AuthorizationServer server) {
    return server.checkAccess(Secret.of(header), Flow.MCP, () -> source);
  }

  private TokenOutcome refresh(AuthorizationServer instance, String client) {
    return token(instance, refreshQuery(refreshToken(tokens)).with("client_id", client));
  }

  private static TokenOutcome token(AuthorizationServer instance, Query form) {
    return instance.token(new TokenRequest(form.parameters(), null));
  }
}
