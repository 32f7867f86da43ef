package io.mcpoauth.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.audit.AuditEvent.GrantRevoked;
import io.mcpoauth.core.client.ManagementRequest;
import io.mcpoauth.core.client.ManagementRequest.Action;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationOutcome.Current;
import io.mcpoauth.core.client.RegistrationOutcome.Deleted;
import io.mcpoauth.core.client.RegistrationOutcome.NotOffered;
import io.mcpoauth.core.client.RegistrationOutcome.Refused;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationOutcome.Unauthorized;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may register, and what a client may do to its registration (RFC 7592). */
class RegistrationManagementFlowTest {

  private static final Secret INITIAL = Secret.of("the first initial access token");
  private static final Map<String, Object> METADATA =
      Map.of(
          "redirect_uris",
          List.of("https://client.example/cb"),
          "token_endpoint_auth_method",
          "client_secret_post");

  private Flow flow = new Flow(RegistrationSettings.open().managed());

  @AfterEach
  void close() {
    flow.close();
  }

  private void use(RegistrationSettings settings) {
    flow.close();
    flow = new Flow(settings);
  }

  private RegistrationOutcome register(@Nullable String authorization) {
    return flow.server.register(
        new RegistrationRequest(
            Json.write(METADATA), authorization == null ? null : Secret.of(authorization)));
  }

  private ObjectNode registered() {
    return document(((Registered) register(null)).document());
  }

  private RegistrationOutcome manage(Action action, ObjectNode client, @Nullable String body) {
    return flow.server.manage(request(action, client, body));
  }

  private static ManagementRequest request(
      Action action, ObjectNode client, @Nullable String body) {
    String token = client.path("registration_access_token").asText();
    return new ManagementRequest(
        action, client.path("client_id").asText(), Secret.of("Bearer " + token), body);
  }

  private RegistrationOutcome manage(
      Action action, String id, @Nullable String authorization, @Nullable String body) {
    return flow.server.manage(
        new ManagementRequest(
            action, id, authorization == null ? null : Secret.of(authorization), body));
  }

  private ObjectNode updated(ObjectNode client, Map<String, Object> changes) {
    RegistrationOutcome outcome = manage(Action.UPDATE, client, update(client, changes));
    assertThat(outcome).isInstanceOf(Current.class);
    return document(((Current) outcome).document());
  }

  private static String update(ObjectNode client, Map<String, Object> changes) {
    Map<String, Object> body = new LinkedHashMap<>(METADATA);
    body.put("client_id", client.path("client_id").asText());
    body.putAll(changes);
    return Json.write(body);
  }

  private static ObjectNode document(Secret text) {
    return Json.parseObject(text.expose()).orElseThrow();
  }

  @Test
  void registrationIsReadWithItsToken() {
    ObjectNode client = registered();
    String id = client.path("client_id").asText();
    assertThat(client.path("registration_client_uri").asText())
        .isEqualTo(Flow.ISSUER + "/register/" + id);

    ObjectNode read = document(((Current) manage(Action.READ, client, null)).document());

    assertThat(read.path("redirect_uris")).isEqualTo(client.path("redirect_uris"));
    assertThat(read.path("registration_access_token"))
        .isEqualTo(client.path("registration_access_token"));
    assertThat(read.has("client_secret")).isFalse();
  }

  @Test
  void onlyTheHashOfTheTokenIsStored() {
    ObjectNode client = registered();
    Client stored = flow.storage.clients().find(client.path("client_id").asText()).orElseThrow();

    assertThat(stored.toString()).doesNotContain(client.path("registration_access_token").asText());
    assertThat(stored.metadata()).doesNotContain("registration");
  }

  @Test
  void otherTokensAreNotGood() {
    ObjectNode client = registered();
    ObjectNode other = registered();
    String id = client.path("client_id").asText();
    String foreign = "Bearer " + other.path("registration_access_token").asText();

    for (Action action : Action.values()) {
      assertThat(manage(action, id, foreign, update(client, Map.of())))
          .isEqualTo(new Unauthorized(true));
      assertThat(manage(action, id, null, null)).isEqualTo(new Unauthorized(false));
      assertThat(manage(action, id, "Bearer x", null)).isEqualTo(new Unauthorized(true));
      assertThat(manage(action, "client", foreign, null)).isEqualTo(new Unauthorized(true));
    }
    assertThat(manage(Action.READ, client, null)).isInstanceOf(Current.class);
  }

  @Test
  void updateChangesMetadataAndToken() {
    ObjectNode client = registered();
    String secret = client.path("client_secret").asText();

    ObjectNode updated = updated(client, Map.of("client_name", "New", "client_secret", secret));

    assertThat(updated.path("client_name").asText()).isEqualTo("New");
    assertThat(updated.path("client_id")).isEqualTo(client.path("client_id"));
    assertThat(updated.path("client_id_issued_at")).isEqualTo(client.path("client_id_issued_at"));
    assertThat(updated.has("client_secret")).isFalse();
    assertThat(manage(Action.READ, client, null)).isEqualTo(new Unauthorized(true));
    assertThat(manage(Action.READ, updated, null)).isInstanceOf(Current.class);
    Client stored = flow.storage.clients().find(client.path("client_id").asText()).orElseThrow();
    assertThat(stored.secretHash())
        .isNotNull()
        .satisfies(hash -> assertThat(hash.matches(Secret.of(secret).hash())).isTrue());
  }

  @Test
  void secretFollowsTheMethod() {
    ObjectNode client = registered();
    ObjectNode open = updated(client, Map.of("token_endpoint_auth_method", "none"));
    assertThat(open.has("client_secret")).isFalse();

    ObjectNode closed = updated(open, Map.of("token_endpoint_auth_method", "client_secret_basic"));
    assertThat(closed.path("client_secret").asText())
        .hasSize(43)
        .isNotEqualTo(client.path("client_secret").asText());
  }

  @Test
  void badUpdatesChangeNothing_RG14() {
    ObjectNode client = registered();
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of("client_id", "client"),
            Map.of("client_secret", "mine"),
            Map.of("client_secret", 1),
            Map.of("client_id_issued_at", 1),
            Map.of("client_secret_expires_at", 0),
            Map.of("registration_client_uri", "https://client.example"),
            Map.of("registration_access_token", "mine"),
            Map.of("redirect_uris", List.of("javascript:x")),
            Map.of("redirect_uris", List.of()))) {
      assertThat(manage(Action.UPDATE, client, update(client, bad))).isInstanceOf(Refused.class);
    }
    assertThat(manage(Action.UPDATE, client, "[]")).isInstanceOf(Refused.class);
    assertThat(manage(Action.UPDATE, client, null)).isInstanceOf(Refused.class);
    assertThat(manage(Action.READ, client, null)).isInstanceOf(Current.class);
  }

  @Test
  void deletedClientIsGone() {
    ObjectNode client = registered();

    assertThat(manage(Action.DELETE, client, null)).isEqualTo(new Deleted());

    assertThat(manage(Action.READ, client, null)).isEqualTo(new Unauthorized(true));
    assertThat(flow.storage.clients().find(client.path("client_id").asText())).isEmpty();
  }

  /** One by one and not only with the client, so that providers get their tokens back. */
  @Test
  void grantsOfADeletedClientEndAsAnyOtherDoes_RV11() {
    ObjectNode client = registered();
    grantTo(client);

    manage(Action.DELETE, client, null);

    assertThat(flow.audited).contains(new GrantRevoked("grant", RevocationReason.CLIENT_DELETED));
    assertThat(flow.storage.grants().findUsable("grant")).isEmpty();
  }

  @Test
  void deletionThatComesTooLateEndsNoGrants() {
    ObjectNode client = registered();
    grantTo(client);
    FaultyStorage late = new FaultyStorage(flow.storage);
    late.precede("delete", () -> updated(client, Map.of()));

    try (AuthorizationServer instance = flow.instanceOn(late.storage())) {
      assertThat(instance.manage(request(Action.DELETE, client, null)))
          .isEqualTo(new Unauthorized(true));
    }

    assertThat(flow.storage.grants().findUsable("grant")).isPresent();
    assertThat(flow.audited).noneMatch(GrantRevoked.class::isInstance);
  }

  private void grantTo(ObjectNode client) {
    flow.storage
        .grants()
        .create(
            TestFacts.grant("grant", client.path("client_id").asText()),
            TestFacts.code("code"),
            Duration.ofMinutes(1));
  }

  @Test
  void managedRegistrationsAreNeverShared() {
    Map<String, Object> open =
        Map.of(
            "redirect_uris",
            List.of("https://client.example/cb"),
            "token_endpoint_auth_method",
            "none");
    RegistrationRequest request = new RegistrationRequest(Json.write(open), null);
    ObjectNode one = document(((Registered) flow.server.register(request)).document());
    ObjectNode other = document(((Registered) flow.server.register(request)).document());

    assertThat(one.path("client_id")).isNotEqualTo(other.path("client_id"));
  }

  @Test
  void managementIsOffUnlessAskedFor_RG19() {
    use(RegistrationSettings.open());

    assertThat(registered().has("registration_access_token")).isFalse();
    assertThat(manage(Action.READ, "client", "Bearer x", null)).isEqualTo(new NotOffered());
  }

  @Test
  void registrationMayNeedAnInitialToken_RG23() {
    use(RegistrationSettings.protectedBy(List.of(INITIAL, Secret.of("the second token"))));

    assertThat(register(null)).isEqualTo(new Unauthorized(false));
    assertThat(register("Bearer wrong")).isEqualTo(new Unauthorized(true));
    assertThat(register("Basic " + INITIAL.expose())).isEqualTo(new Unauthorized(true));
    assertThat(register("Bearer ")).isEqualTo(new Unauthorized(true));
    assertThat(register("Bearer " + INITIAL.expose())).isInstanceOf(Registered.class);
    assertThat(register("bearer the second token")).isInstanceOf(Registered.class);
    assertThat(flow.server.authorizationServerMetadata()).contains("registration_endpoint");
  }

  @Test
  void registrationMayBeOff_RG23() {
    use(RegistrationSettings.off().managed());

    assertThat(register(null)).isEqualTo(new NotOffered());
    assertThat(manage(Action.READ, "client", "Bearer x", null)).isEqualTo(new NotOffered());
    assertThat(flow.server.authorizationServerMetadata()).doesNotContain("registration_endpoint");
  }

  @Test
  void metadataNamesTheAlgorithmsOfAssertions() {
    assertThat(flow.server.authorizationServerMetadata())
        .contains(
            "\"token_endpoint_auth_signing_alg_values_supported\":"
                + "[\"ES256\",\"RS256\",\"PS256\",\"EdDSA\"]");
  }
}
