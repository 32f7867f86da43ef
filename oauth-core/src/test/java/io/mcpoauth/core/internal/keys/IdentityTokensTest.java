package io.mcpoauth.core.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.keys.IdentityTokens.Subject;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ResourceUri;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdentityTokensTest {

  private static final ResourceUri MCP = new ResourceUri("https://proxy.example/mcp");
  private static final Subject ADA =
      subject("grant", new User("idp:1", "idp", "ada@example.com", "Ada"));

  private final SignedTokens signed = new SignedTokens();
  private final IdentityTokens tokens =
      new IdentityTokens(SignedTokens.ISSUER, signed.keys, signed.clock);

  @Test
  void tokenSaysWhoTheUserIs() {
    ObjectNode claims = claims(ADA);

    assertThat(SignedTokens.header(tokens.of(ADA).expose()).path("typ").asText())
        .isEqualTo("identity+jwt");
    assertThat(claims)
        .isEqualTo(
            Json.parseObject(
                    """
                    {"iss": "https://proxy.example", "sub": "idp:1",
                     "aud": "https://proxy.example/mcp", "client_id": "client",
                     "iat": 1772366400, "exp": 1772366700,
                     "email": "ada@example.com", "email_verified": true, "name": "Ada"}
                    """)
                .orElseThrow());
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    assertThat(claims(subject("grant", new User("idp:1", "idp", null, null))).fieldNames())
        .toIterable()
        .containsExactly("iss", "sub", "aud", "client_id", "iat", "exp");
  }

  @Test
  void tokenIsNoAccessToken_CR09() {
    assertThat(signed.isAccepted(tokens.of(ADA).expose())).isFalse();
  }

  @Test
  void grantsRequestsShareOneSignatureForAMinute() {
    String first = tokens.of(ADA).expose();
    signed.clock.advance(Duration.ofSeconds(59));
    assertThat(tokens.of(ADA).expose()).isEqualTo(first);

    signed.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.of(ADA).expose()).isNotEqualTo(first);
  }

  @Test
  void changedProfileIsToldAtOnce() {
    tokens.of(ADA);

    ObjectNode claims = claims(subject("grant", new User("idp:1", "idp", null, "Ada King")));
    assertThat(claims.path("name").asText()).isEqualTo("Ada King");
    assertThat(claims.has("email")).isFalse();
  }

  @Test
  void grantsDoNotShareTokens_HS16() {
    tokens.of(ADA);

    assertThat(claims(subject("other", new User("idp:2", "idp", null, null))).path("sub").asText())
        .isEqualTo("idp:2");
  }

  private ObjectNode claims(Subject subject) {
    return SignedTokens.payload(tokens.of(subject).expose());
  }

  private static Subject subject(String grantId, User user) {
    return new Subject(grantId, user, "client", MCP);
  }
}
