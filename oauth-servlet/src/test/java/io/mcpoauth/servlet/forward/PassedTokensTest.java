package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.TestProvider;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.message.HeaderField;
import java.net.URI;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens an MCP server is given, and what it can do with them. */
class PassedTokensTest {

  private static final String ISSUER = "https://mcp.example";
  private static final String PROVIDER = "X-Forwarded-Access-Token";
  private static final String IDENTITY = "X-Forwarded-Identity";

  private final AuthorizationServer server = TestServer.at(URI.create(ISSUER));
  private final String token = TestServer.accessToken(server).expose();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void serverIsGivenTheTokensThatItIsMeantToHave_HS14() {
    assertThat(headers(false, false)).doesNotContain(PROVIDER, IDENTITY);
    assertThat(headers(true, false)).contains(PROVIDER).doesNotContain(IDENTITY);
    assertThat(headers(false, true)).contains(IDENTITY).doesNotContain(PROVIDER);
    assertThat(value(forwarded(true, true), PROVIDER)).isEqualTo(TestProvider.TOKEN);
  }

  @Test
  void identityTokenIsVerifiedByOurKeys() throws Exception {
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(
                new JwksVerificationKeyResolver(new JsonWebKeySet(server.jwks()).getJsonWebKeys()))
            .setJwsAlgorithmConstraints(ConstraintType.PERMIT, "ES256")
            .setExpectedType(true, "identity+jwt")
            .setExpectedIssuer(ISSUER)
            .setExpectedAudience(ISSUER + "/mcp")
            .setRequireExpirationTime()
            .setMaxFutureValidityInMinutes(5)
            .build()
            .processToClaims(value(forwarded(false, true), IDENTITY));

    assertThat(claims.getSubject()).isEqualTo(TestServer.ADA.id());
    assertThat(claims.getClaimValueAsString("name")).isEqualTo(TestServer.ADA.name());
    assertThat(claims.getClaimValueAsString("client_id")).isNotEmpty();
    assertThat(claims.hasClaim("email")).isFalse();
  }

  @Test
  void identityTokenIsNoAccessToken_CR09() {
    String identity = value(forwarded(false, true), IDENTITY);

    assertThat(gate(false, true).admit(request(identity))).isInstanceOf(GateOutcome.Reply.class);
  }

  @Test
  void identityOfTheClientsOwnNeverPasses_HS01() {
    assertThat(value(forwarded(false, true), IDENTITY)).isNotEqualTo("forged");
    assertThat(forwarded(false, false)).noneMatch(field -> field.value().equals("forged"));
  }

  private List<String> headers(boolean provider, boolean identity) {
    return forwarded(provider, identity).stream().map(HeaderField::name).toList();
  }

  private List<HeaderField> forwarded(boolean provider, boolean identity) {
    GateOutcome outcome = gate(provider, identity).admit(request(token));
    assertThat(outcome).isInstanceOf(GateOutcome.Forward.class);
    return ((GateOutcome.Forward) outcome).headers();
  }

  private McpGate gate(boolean provider, boolean identity) {
    McpServer mcpServer =
        new McpServer(
            server.settings().resources().get(0),
            URI.create("http://127.0.0.1:9/mcp"),
            provider,
            identity);
    return new McpGate(server, List.of(mcpServer), AllowedOrigins.any(), SecretSource.system());
  }

  private static InboundRequest request(String token) {
    return new InboundRequest(
        "POST",
        "/mcp",
        null,
        List.of(
            new HeaderField("Authorization", "Bearer " + token),
            new HeaderField("X-Forwarded-Identity", "forged"),
            new HeaderField("x_forwarded_identity", "forged")),
        "127.0.0.1");
  }

  private static String value(List<HeaderField> fields, String name) {
    List<String> values =
        fields.stream().filter(f -> f.name().equals(name)).map(HeaderField::value).toList();
    assertThat(values).hasSize(1);
    return values.get(0);
  }
}
