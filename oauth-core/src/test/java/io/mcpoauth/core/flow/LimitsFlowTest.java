package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.refreshQuery;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessDecision.TooManyRequests;
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

  private TokenOutcome refresh(AuthorizationServer instance, String client) {
    return token(instance, refreshQuery(refreshToken(tokens)).with("client_id", client));
  }

  private static TokenOutcome token(AuthorizationServer instance, Query form) {
    return instance.token(new TokenRequest(form.parameters(), null));
  }
}
