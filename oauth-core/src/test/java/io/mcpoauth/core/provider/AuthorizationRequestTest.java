package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.StartAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthorizationRequestTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void authorizationRequestCarriesChallengeAndNonce_UP08() {
    StartAnswer.Redirect redirect =
        (StartAnswer.Redirect) quirks.provider().start(OpenIdQuirks.request());
    Parameters sent = Parameters.parse(redirect.location().getRawQuery()).orElseThrow();
    assertThat(redirect.location().toString()).startsWith(quirks.issuer + "/authorize?");
    assertThat(sent.get("response_type")).isEqualTo("code");
    assertThat(sent.get("client_id")).isEqualTo(OpenIdQuirks.CLIENT_ID);
    assertThat(sent.get("redirect_uri")).isEqualTo("https://proxy.example/callback");
    assertThat(sent.get("scope")).isEqualTo("openid profile email");
    assertThat(sent.get("state")).isEqualTo("the state");
    assertThat(sent.get("nonce")).isEqualTo(OpenIdQuirks.NONCE);
    assertThat(sent.get("code_challenge"))
        .isEqualTo(OpenIdQuirks.request().codeChallenge().value());
    assertThat(sent.get("code_challenge_method")).isEqualTo("S256");
  }

  @Test
  void queryOfTheAuthorizationEndpointIsKept() {
    quirks.metadata.put("authorization_endpoint", quirks.issuer + "/authorize?p=policy");
    StartAnswer.Redirect redirect =
        (StartAnswer.Redirect) quirks.provider().start(OpenIdQuirks.request());
    assertThat(redirect.location().getRawQuery()).startsWith("p=policy&response_type=code");
  }
}
