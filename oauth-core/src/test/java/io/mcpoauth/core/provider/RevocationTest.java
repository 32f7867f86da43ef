package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are given back to a provider (RFC 7009). */
class RevocationTest {

  private static final String REVOKE = "/tenant/revoke";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @BeforeEach
  void offerRevocation() {
    quirks.metadata.put("revocation_endpoint", quirks.issuer + "/revoke");
    quirks.server.on(REVOKE, QuirkServer.reply(200, "text/plain", ""));
  }

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void refreshTokenIsGivenBackByTheClientItself() {
    assertThat(revoke(OpenIdQuirks.OLD_TOKENS)).isInstanceOf(RevokeAnswer.Revoked.class);

    QuirkServer.Request request = quirks.server.requestsTo(REVOKE).get(0);
    Parameters form = Parameters.parse(request.body()).orElseThrow();
    assertThat(form.get("token")).isEqualTo("old-refresh");
    assertThat(form.get("token_type_hint")).isEqualTo("refresh_token");
    assertThat(request.authorization()).startsWith("Basic ");
  }

  @Test
  void accessTokenIsGivenBackWhereThereIsNoOther() {
    revoke(new UpstreamTokens(Secret.of("old-access"), null, null));

    Parameters form =
        Parameters.parse(quirks.server.requestsTo(REVOKE).get(0).body()).orElseThrow();
    assertThat(form.get("token")).isEqualTo("old-access");
    assertThat(form.get("token_type_hint")).isEqualTo("access_token");
  }

  @Test
  void providerWithoutTheEndpointIsNotAsked() {
    quirks.metadata.remove("revocation_endpoint");

    assertThat(revoke(OpenIdQuirks.OLD_TOKENS)).isInstanceOf(RevokeAnswer.NotOffered.class);
    assertThat(quirks.server.requestsTo(REVOKE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 503})
  void refusalIsToldWithoutTheToken(int status) {
    quirks.server.on(REVOKE, QuirkServer.reply(status, "application/json", "{}"));

    assertThat(revoke(OpenIdQuirks.OLD_TOKENS))
        .isEqualTo(new RevokeAnswer.Unavailable("the revocation endpoint answered " + status));
  }

  @Test
  void endpointWithoutTlsIsRefused_UP19() {
    quirks.metadata.put("revocation_endpoint", "http://idp.example/revoke");

    assertThat(revoke(OpenIdQuirks.OLD_TOKENS)).isInstanceOf(RevokeAnswer.Unavailable.class);
  }

  private RevokeAnswer revoke(UpstreamTokens tokens) {
    return quirks.provider().revoke(tokens);
  }
}
