package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectOutcome.Answered;
import io.mcpoauth.core.access.IntrospectOutcome.Refused;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.OperatorClients;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntrospectionFlowTest extends FlowTest {

  private static final Answered INACTIVE = new Answered("{\"active\":false}");

  private final OperatorClients operator =
      new OperatorClients(
          flow.storage.clients(),
          new RedirectPolicy(Flow.ISSUER, Set.of()),
          SecretSource.system(),
          flow.clock);
  private final ObjectNode server = resourceServer(Flow.MCP);
  private final Issued tokens = flow.signIn();

  private ObjectNode resourceServer(ProtectedResource resource) {
    Registered made = (Registered) operator.createResourceServer("RS", resource.uri());
    return Json.parseObject(made.document().expose()).orElseThrow();
  }

  private static Secret basic(ObjectNode client) {
    String pair = client.path("client_id").asText() + ":" + client.path("client_secret").asText();
    return Secret.of(
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private IntrospectOutcome introspect(ObjectNode client, Query form) {
    return flow.server.introspect(new IntrospectRequest(form.parameters(), basic(client)));
  }

  private IntrospectOutcome introspect(String token) {
    return introspect(server, Query.of("token", token));
  }

  /** The answer, once the server knows what changed until now. */
  private void becomesInactive(String token) {
    await().atMost(Duration.ofSeconds(2)).until(() -> introspect(token).equals(INACTIVE));
  }

  private static void isRefused(ErrorCode error, IntrospectOutcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error().code()).isEqualTo(error));
  }

  @Test
  void resourceServerLearnsAboutItsTokens_RV12() {
    String token = tokens.accessToken().expose();
    await().until(() -> introspect(token) instanceof Answered);

    ObjectNode answer = Json.parseObject(((Answered) introspect(token)).document()).orElseThrow();

    assertThat(answer.path("active").asBoolean()).isTrue();
    assertThat(answer.path("client_id").asText()).isEqualTo("client");
    assertThat(answer.path("aud").asText()).isEqualTo(Flow.MCP.uri().value());
    assertThat(answer.path("iss").asText()).isEqualTo(Flow.ISSUER);
    assertThat(answer.path("scope").asText()).isEqualTo("read write");
    assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.path("exp").asLong() - answer.path("iat").asLong()).isEqualTo(3_600);
    assertThat(answer.path("sub").asText()).isNotEmpty();
  }

  @Test
  void nothingIsSaidAboutOtherTokens_RV12() {
    assertThat(introspect(refreshToken(tokens))).isEqualTo(INACTIVE);
    assertThat(introspect("garbage")).isEqualTo(INACTIVE);
    assertThat(introspect("a.b.c")).isEqualTo(INACTIVE);
    assertThat(
            introspect(
                resourceServer(Flow.OTHER_MCP), Query.of("token", tokens.accessToken().expose())))
        .isEqualTo(INACTIVE);
    assertThat(
            introspect(
                server,
                Query.of("token", refreshToken(tokens), "token_type_hint", "refresh_token")))
        .isEqualTo(INACTIVE);
  }

  @Test
  void expiredTokenIsInactive_RV12() {
    flow.advance(Duration.ofMinutes(61));

    becomesInactive(tokens.accessToken().expose());
  }

  @Test
  void revokedTokenIsInactive_RV12() {
    flow.revoke(Query.of("client_id", "client", "token", refreshToken(tokens)));

    becomesInactive(tokens.accessToken().expose());
  }

  @Test
  void tokensOfADeletedClientAreInactive_RV11() {
    flow.storage.clients().delete("client");

    becomesInactive(tokens.accessToken().expose());
    Outcomes.refused(ErrorCode.INVALID_CLIENT, flow.refresh(refreshToken(tokens)));
  }

  @Test
  void onlyResourceServersMayAsk_RV12() {
    Query form = Query.of("token", tokens.accessToken().expose());
    isRefused(
        ErrorCode.INVALID_CLIENT,
        flow.server.introspect(new IntrospectRequest(form.parameters(), null)));
    isRefused(
        ErrorCode.INVALID_CLIENT,
        introspect(Json.object().put("client_id", "client").put("client_secret", ""), form));
    isRefused(
        ErrorCode.INVALID_CLIENT,
        introspect(server.deepCopy().put("client_secret", "wrong"), form));
    isRefused(
        ErrorCode.INVALID_CLIENT,
        flow.server.introspect(
            new IntrospectRequest(form.with("client_id", "client").parameters(), null)));
    flow.register("other", ClientAuthenticationMethod.CLIENT_SECRET_BASIC, Flow.REDIRECT_URI);
    isRefused(
        ErrorCode.UNAUTHORIZED_CLIENT,
        introspect(
            Json.object().put("client_id", "other").put("client_secret", encoded(Flow.SECRET)),
            form));
  }

  private static String encoded(String secret) {
    return secret.replace(' ', '+');
  }

  @Test
  void nobodyRegistersAsAResourceServer_RV12() {
    Registered registered =
        (Registered)
            flow.server.register(
                new RegistrationRequest(
                    "{\"redirect_uris\":[\"https://client.example/cb\"],\"resource\":\""
                        + Flow.MCP.uri().value()
                        + "\"}",
                    null));
    ObjectNode client = Json.parseObject(registered.document().expose()).orElseThrow();

    assertThat(client.has("resource")).isFalse();
    isRefused(
        ErrorCode.UNAUTHORIZED_CLIENT,
        introspect(client, Query.of("token", tokens.accessToken().expose())));
  }

  @Test
  void tokenMustStandOnce_RV12() {
    isRefused(ErrorCode.INVALID_REQUEST, introspect(server, Query.of("x", "y")));
    isRefused(ErrorCode.INVALID_REQUEST, introspect(server, Query.of("token", "x", "token", "y")));
    Query hint = Query.of("token", "x", "token_type_hint", "x", "token_type_hint", "x");
    isRefused(ErrorCode.INVALID_REQUEST, introspect(server, hint));
  }

  @Test
  void resourceServerGetsNoTokens() {
    Query form =
        Query.of("grant_type", "authorization_code", "code", "x", "code_verifier", Flow.VERIFIER);

    assertThat(flow.server.token(new TokenRequest(form.parameters(), basic(server))).toString())
        .contains("UNAUTHORIZED_CLIENT");
    assertThat(new ResourceUri(server.path("resource").asText())).isEqualTo(Flow.MCP.uri());
  }
}
