package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerTest {

  private static final String TOKEN = "/tenant/token";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "invalid_client", "unauthorized_client"})
  void refusedCodeIsARejectionWithAnyStatus_UP09(String error) {
    for (int status : new int[] {200, 400, 401}) {
      answer(status, "application/json", "{\"error\":\"" + error + "\",\"access_token\":\"x\"}");
      assertThat(quirks.signIn())
          .isEqualTo(new SignInAnswer.Rejected("the token endpoint answered " + error));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 | application/json | {"error":"invalid_grant"}
          503 | text/html        | <h1>down</h1>
          429 | application/json | {"error":"slow_down"}
          400 | application/json | {"error":"server_error"}
          200 | text/html        | <h1>hello</h1>
          200 | application/json | ''
          200 | application/json | []
          200 | application/json | {"access_token":7}
          200 | application/json | {"access_token":""}
          200 | application/json | {"access_token":"a b"}
          200 | application/json | {"access_token":"a","access_token":"b"}
          200 | application/json | {"access_token":"a","token_type":"DPoP"}
          400 | application/json | {"access_token":"a"}
          404 | text/plain       | not found
          """)
  void senselessAnswerIsAnOutage_UP17(int status, String contentType, String body) {
    answer(status, contentType, body);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "3600, 2030-01-01T01:00:00Z",
        "\"3600\", 2030-01-01T01:00:00Z",
        "3599.9, 2030-01-01T00:59:59Z",
        "0, none",
        "-5, none",
        "\"soon\", none",
        "null, none",
        "1e300, none",
        "9223372036854775807, none"
      })
  void lifeOfTheAccessTokenIsReadWithCare_UP17(String expiresIn, @Nullable Instant expected) {
    answer(200, "application/json", "{\"access_token\":\"at\",\"expires_in\":" + expiresIn + "}");
    assertThat(plainSignIn().expiresAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain;charset=UTF-8"})
  void answerMayBeAForm(String contentType) {
    answer(200, contentType, "access_token=at%2B1&refresh_token=rt&expires_in=60&scope=");
    UpstreamTokens tokens = plainSignIn();
    assertThat(tokens.accessToken().expose()).isEqualTo("at+1");
    assertThat(tokens.expiresAt()).isEqualTo(quirks.clock.instant().plusSeconds(60));
  }

  @Test
  void jsonMayBeCalledText() {
    answer(200, "text/plain", "{\"access_token\":\"at\"}");
    assertThat(plainSignIn().refreshToken()).isNull();
  }

  private UpstreamTokens plainSignIn() {
    ProviderSettings settings = quirks.settings().scopes(Scopes.of("profile")).build();
    return Assertions.assertThat(quirks.provider(settings).finish(OpenIdQuirks.callback("code=c")))
        .asInstanceOf(type(SignInAnswer.SignedIn.class))
        .actual()
        .tokens();
  }

  private void answer(int status, String contentType, String body) {
    quirks.server.on(TOKEN, QuirkServer.reply(status, contentType, body));
  }
}
