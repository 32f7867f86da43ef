package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationFlowTest extends FlowTest {

  private final Issued tokens = flow.signIn();

  private static Query form(String token) {
    return Query.of("client_id", "client", "token", token);
  }

  private static void isRefused(ErrorCode error, RevokeOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RevokeOutcome.Refused.class,
            refusal -> assertThat(refusal.error().code()).isEqualTo(error));
  }

  private static void isDone(RevokeOutcome outcome) {
    assertThat(outcome).isInstanceOf(RevokeOutcome.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "refresh_token", "access_token", "nonsense"})
  void refreshTokenTakesItsGrantWithIt_RV01_RV03(String hint) {
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();

    isDone(flow.revoke(form(refreshToken(tokens)).with("token_type_hint", hint)));

    flow.awaitRefusal(tokens.accessToken());
    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(tokens)));
  }

  @Test
  void accessTokenDiesAlone_RV01() {
    isDone(flow.revoke(form(tokens.accessToken().expose())));

    flow.awaitRefusal(tokens.accessToken());
    Issued next = issued(flow.refresh(refreshToken(tokens)));
    assertThat(flow.isLetIn(next.accessToken())).isTrue();
  }

  @Test
  void accessTokenIsRevokedWhateverOurClockSays_RV01() {
    flow.clock.advance(Duration.ofHours(2));
    isDone(flow.revoke(form(tokens.accessToken().expose())));
    flow.advance(Duration.ofHours(-2));

    flow.awaitRefusal(tokens.accessToken());
  }

  @Test
  void tokensOfAnotherClientLive_RV05() {
    flow.register("thief", ClientAuthenticationMethod.NONE, Flow.REDIRECT_URI);

    isDone(flow.revoke(form(refreshToken(tokens)).with("client_id", "thief")));
    isDone(flow.revoke(form(tokens.accessToken().expose()).with("client_id", "thief")));

    issued(flow.refresh(refreshToken(tokens)));
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();
  }

  @Test
  void whatIsNoTokenIsDoneWith_RV03() {
    isDone(flow.revoke(form("garbage")));
    isDone(flow.revoke(form("mcpr_garbage")));
    isDone(flow.revoke(form("a.b.c")));
  }

  @Test
  void tokenMustStandOnce_RV06() {
    isRefused(ErrorCode.INVALID_REQUEST, flow.revoke(form("x").without("token")));
    isRefused(ErrorCode.INVALID_REQUEST, flow.revoke(form("x").and("token", "y")));
    isRefused(
        ErrorCode.INVALID_REQUEST,
        flow.revoke(form("x").with("token_type_hint", "x").and("token_type_hint", "x")));
  }

  @Test
  void clientMustAuthenticate_RV07() {
    Query form = form(refreshToken(tokens));

    isRefused(ErrorCode.INVALID_CLIENT, flow.revoke(form.without("client_id")));
    isRefused(ErrorCode.INVALID_CLIENT, flow.revoke(form.with("client_id", "confidential")));
    issued(flow.refresh(refreshToken(tokens)));
  }
}
