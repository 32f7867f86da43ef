package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTest {

  private static final String TOKEN = "/tenant/token";
  private static final UpstreamTokens OLD =
      new UpstreamTokens(Secret.of("old-access"), Secret.of("old-refresh"), null);

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void newTokensReplaceTheOldOnes() {
    UpstreamTokens tokens = refreshed();
    assertThat(tokens.accessToken().expose()).isEqualTo("upstream-access");
    assertThat(exposed(tokens)).isEqualTo("upstream-refresh");
    assertThat(tokens.expiresAt()).isEqualTo(quirks.clock.instant().plusSeconds(3600));
    Parameters sent = Parameters.parse(quirks.server.requestsTo(TOKEN).get(0).body()).orElseThrow();
    assertThat(sent.get("grant_type")).isEqualTo("refresh_token");
    assertThat(sent.get("refresh_token")).isEqualTo("old-refresh");
  }

  @Test
  void oldRefreshTokenIsKeptWhenNoneComesBack() {
    quirks.tokens.remove("refresh_token");
    assertThat(exposed(refreshed())).isEqualTo("old-refresh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "interaction_required", "bad_refresh_token"})
  void deadGrantIsDead_UP22(String error) {
    answer(400, "{\"error\":\"" + error + "\"}");
    assertThat(refresh(OLD)).isInstanceOf(RefreshAnswer.GrantDead.class);
  }

  @Test
  void grantWithoutRefreshTokenIsDead() {
    assertThat(refresh(new UpstreamTokens(Secret.of("old-access"), null, null)))
        .isInstanceOf(RefreshAnswer.GrantDead.class);
    assertThat(quirks.server.requestsTo(TOKEN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | {"error":"invalid_grant"}
          503 | ''
          429 | {"error":"invalid_grant"}
          401 | {"error":"invalid_client"}
          400 | {"error":"invalid_scope"}
          400 | {}
          400 | <html>
          200 | {}
          """)
  void anythingElseIsAnOutageThatEndsNoGrant_UP22(int status, String body) {
    answer(status, body);
    assertThat(refresh(OLD)).isInstanceOf(RefreshAnswer.Unavailable.class);
  }

  @Test
  void unreachableProviderEndsNoGrant_UP22() {
    OpenIdProvider provider = quirks.provider();
    provider.start(OpenIdQuirks.request());
    quirks.close();
    assertThat(provider.refresh(OLD)).isInstanceOf(RefreshAnswer.Unavailable.class);
  }

  @Test
  void failedDiscoveryEndsNoGrant_UP22() {
    quirks.metadata.clear();
    assertThat(refresh(OLD)).isInstanceOf(RefreshAnswer.Unavailable.class);
  }

  private UpstreamTokens refreshed() {
    RefreshAnswer answer = refresh(OLD);
    assertThat(answer).isInstanceOf(RefreshAnswer.Refreshed.class);
    return ((RefreshAnswer.Refreshed) answer).tokens();
  }

  private RefreshAnswer refresh(UpstreamTokens tokens) {
    return quirks.provider().refresh(tokens);
  }

  private static String exposed(UpstreamTokens tokens) {
    Secret refreshToken = tokens.refreshToken();
    return refreshToken == null ? "" : refreshToken.expose();
  }

  private void answer(int status, String body) {
    quirks.server.on(TOKEN, QuirkServer.reply(status, "application/json", body));
  }
}
