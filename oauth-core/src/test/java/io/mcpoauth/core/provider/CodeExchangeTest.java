package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodeExchangeTest {

  private static final String TOKEN = "/tenant/token";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void codeIsRedeemedWithTheVerifier_UP08() {
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
    Parameters sent = form();
    assertThat(sent.get("grant_type")).isEqualTo("authorization_code");
    assertThat(sent.get("code")).isEqualTo("upstream-code");
    assertThat(sent.get("redirect_uri")).isEqualTo("https://proxy.example/callback");
    assertThat(sent.get("code_verifier")).isEqualTo(OpenIdQuirks.VERIFIER);
  }

  @Test
  void clientAuthenticatesWithBasicUnlessToldOtherwise() {
    quirks.signIn();
    String expected =
        Base64.getEncoder()
            .encodeToString("proxy:s3cret%3A%2F%C3%A4".getBytes(StandardCharsets.US_ASCII));
    assertThat(request().authorization()).isEqualTo("Basic " + expected);
    assertThat(form().get("client_secret")).isNull();
  }

  @Test
  void clientAuthenticatesInTheBodyWhereTheProviderWantsIt() {
    quirks.metadata.put(
        "token_endpoint_auth_methods_supported", List.of("private_key_jwt", "client_secret_post"));
    quirks.signIn();
    assertThat(request().authorization()).isNull();
    assertThat(form().get("client_id")).isEqualTo("proxy");
    assertThat(form().get("client_secret")).isEqualTo("s3cret:/ä");
  }

  @Test
  void secretIsNotSentToAProviderThatTakesNone_UP19() {
    quirks.metadata.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Unavailable.class);
    assertThat(quirks.server.requestsTo(TOKEN)).isEmpty();
  }

  @Test
  void publicClientNamesItselfInTheBody() {
    ProviderSettings settings =
        ProviderSettings.builder("public", quirks.issuer, OpenIdQuirks.CLIENT_ID).build();
    assertThat(quirks.provider(settings).finish(OpenIdQuirks.callback("code=c")))
        .isInstanceOf(SignInAnswer.SignedIn.class);
    assertThat(request().authorization()).isNull();
    assertThat(form().get("client_id")).isEqualTo("proxy");
  }

  private QuirkServer.Request request() {
    return quirks.server.requestsTo(TOKEN).get(0);
  }

  private Parameters form() {
    return Parameters.parse(request().body()).orElseThrow();
  }
}
