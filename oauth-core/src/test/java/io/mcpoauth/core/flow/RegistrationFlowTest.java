package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Outcomes.consentPage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationOutcome.Refused;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationFlowTest extends FlowTest {

  private static final String URIS = "\"redirect_uris\":[\"https://client.example/cb\"]";

  private static final String PUBLIC = ",\"token_endpoint_auth_method\":\"none\"";

  private ObjectNode registered(String members) {
    RegistrationOutcome outcome =
        flow.server.register(new RegistrationRequest("{" + members + "}", null));
    assertThat(outcome).isInstanceOf(Registered.class);
    return Json.parseObject(((Registered) outcome).document().expose()).orElseThrow();
  }

  private void refused(ErrorCode error, String body) {
    RegistrationOutcome outcome = flow.server.register(new RegistrationRequest(body, null));
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).error().code()).isEqualTo(error);
  }

  /** It is not bound by them, so that it may ask for more later, where the server offers it. */
  @Test
  void clientIsToldThoseOfItsScopesThatThereAre() {
    ObjectNode some = registered(URIS + PUBLIC + ",\"scope\":\"admin read openid\"");
    ObjectNode none = registered(URIS + PUBLIC + ",\"scope\":\"openid profile\"");

    assertThat(some.path("scope").asText()).isEqualTo("read");
    assertThat(none.has("scope")).isFalse();
    for (ObjectNode client : List.of(some, none)) {
      Query query =
          authorizeQuery()
              .with("client_id", client.path("client_id").asText())
              .with("redirect_uri", client.path("redirect_uris").path(0).asText());
      assertThat(consentPage(flow.browser().open(query)).scopes()).hasToString("read write");
    }
  }

  @Test
  void publicClientIsToldWhatWasRegistered_RG01() {
    ObjectNode client =
        registered(
            URIS
                + ",\"client_name\":\"Name\",\"token_endpoint_auth_method\":\"none\","
                + "\"grant_types\":[\"authorization_code\",\"refresh_token\"],"
                + "\"client_uri\":\"https://client.example\",\"scope\":\"read\"");

    assertThat(client.path("client_name").asText()).isEqualTo("Name");
    assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("none");
    assertThat(client.path("grant_types")).hasSize(2);
    assertThat(client.path("response_types").path(0).asText()).isEqualTo("code");
    assertThat(client.path("client_uri").asText()).isEqualTo("https://client.example");
    assertThat(client.has("client_secret")).isFalse();
    assertThat(client.path("client_id_issued_at").isIntegralNumber()).isTrue();
    consentPage(
        flow.browser()
            .open(
                authorizeQuery()
                    .with("client_id", client.path("client_id").asText())
                    .with("redirect_uri", "https://client.example/cb")));
  }

  @Test
  void methodIsBasicUnlessNamed_RG02() {
    ObjectNode client = registered(URIS);

    assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo("client_secret_basic");
    assertThat(client.path("client_secret").asText()).hasSize(43);
    assertThat(client.path("client_secret_expires_at").asInt(-1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"redirect_uris\":[]}",
        "{\"redirect_uris\":null}",
        "{\"redirect_uris\":\"https://client.example/cb\"}",
        "{\"redirect_uris\":[[\"https://client.example/cb\"]]}",
        "{\"redirect_uris\":[\"https://client.example/cb\",1]}",
        "{\"redirect_uris\":{\"0\":\"https://client.example/cb\"}}",
        "{\"redirect_uris\":[\"\"]}",
        "{\"redirect_uris\":[\"https://proxy.example:443/callback\"]}"
      })
  void redirectUrisMustBeAListOfUris_RG03_AZ35(String body) {
    refused(ErrorCode.INVALID_REDIRECT_URI, body);
  }

  @Test
  void everythingHasItsLimit_RG09() {
    String uri = "\"https://client.example/cb\"";
    String tooLong = "\"https://client.example/" + "x".repeat(3_000) + "\"";

    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{\"redirect_uris\":[" + (uri + ",").repeat(20) + uri + "]}");
    refused(ErrorCode.INVALID_REDIRECT_URI, "{\"redirect_uris\":[" + tooLong + "]}");
    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{" + URIS + ",\"client_name\":\"" + "n".repeat(201) + "\"}");
    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{" + URIS + ",\"contacts\":[" + "\"a\",".repeat(999) + "\"a\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "1",
        "\"x\"",
        "{",
        "{}}",
        "\uFEFF{}",
        "{\"client_name\":\"a\",\"client_name\":\"b\"}",
        "{\"client_name\":\"\\ud800\"}",
        "{\"contacts\":[\"a\\u0000\"]}",
        "{\"\\u0000\":1}",
        "{\"x\":NaN}"
      })
  void bodyMustBeAStrictJsonObject_RG12_HP11_HP12(String body) {
    refused(ErrorCode.INVALID_CLIENT_METADATA, body);
  }

  @Test
  void deepBodyIsRefused_RG12() {
    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
  }

  @Test
  void clientCannotChooseItsIdOrSecret_RG14_RG18_RG19() {
    ObjectNode client =
        registered(
            URIS
                + ",\"client_id\":\"mine\",\"client_secret\":\"mine\","
                + "\"registration_access_token\":\"mine\",\"software_statement\":\"mine\","
                + "\"client_name#ja\":\"mine\"");

    assertThat(client.toString()).doesNotContain("mine");
    assertThat(client.has("registration_client_uri")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"grant_types\":[\"implicit\"]",
        "\"grant_types\":\"authorization_code\"",
        "\"grant_types\":{\"a\":\"authorization_code\"}",
        "\"grant_types\":[1]",
        "\"response_types\":[\"token\"]",
        "\"token_endpoint_auth_method\":\"private_key_jwt\"",
        "\"token_endpoint_auth_method\":1",
        "\"application_type\":\"desktop\"",
        "\"client_name\":{}",
        "\"scope\":\"a\\\"b\"",
        "\"logo_uri\":\"javascript:alert(1)\"",
        "\"logo_uri\":\"data:image/png;base64,AAAA\"",
        "\"client_uri\":\"http://10.0.0.1/\"",
        "\"tos_uri\":\"https:///x\"",
        "\"policy_uri\":1"
      })
  void badMetadataIsRefused_RG15_CN11(String member) {
    refused(ErrorCode.INVALID_CLIENT_METADATA, "{" + URIS + "," + member + "}");
  }

  @Test
  void unknownGrantTypesAreLeftOut_RG15() {
    ObjectNode client =
        registered(URIS + ",\"grant_types\":[\"implicit\",\"authorization_code\",\"password\"]");

    assertThat(client.path("grant_types")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "private_key_jwt,none client_secret_post,none",
    "private_key_jwt,client_secret_post none,client_secret_post",
    "client_secret_basic,none,client_secret_basic",
    "tls_client_auth,self_signed_tls_client_auth none,none",
    "'',client_secret_post none,client_secret_post"
  })
  void methodIsTheFirstThatBothSidesHave_RG02(String preferred, String offered, String chosen) {
    String supported = "\"" + offered.replace(" ", "\",\"") + "\"";
    String one = preferred.isEmpty() ? "" : ",\"token_endpoint_auth_method\":\"" + preferred + "\"";

    ObjectNode client =
        registered(URIS + one + ",\"token_endpoint_auth_methods_supported\":[" + supported + "]");

    assertThat(client.path("token_endpoint_auth_method").asText()).isEqualTo(chosen);
    assertThat(client.has("client_secret")).isEqualTo(!chosen.equals("none"));
  }

  @Test
  void keysAreRegisteredAndGood_RG16() {
    Signer signer = Signer.of("ES256");
    ObjectNode client = registered(withKeys(signer.keySet()));

    assertThat(client.has("client_secret")).isFalse();
    assertThat(client.path("jwks")).isEqualTo(Json.parseObject(signer.keySet()).orElseThrow());
    String id = client.path("client_id").asText();
    String assertion = signer.sign(Signer.claims(id, Flow.ISSUER, "jti", flow.clock.instant()));
    Query form =
        Flow.codeQuery("no code")
            .without("client_id")
            .with("client_assertion_type", Signer.TYPE)
            .with("client_assertion", assertion);
    Outcomes.refused(ErrorCode.INVALID_GRANT, flow.token(form));
  }

  @Test
  void keysMustBePublicAndUsable_RG16() {
    Signer signer = Signer.of("ES256");
    String priv = Json.write(Map.of("keys", List.of(signer.privateJwk())));
    String weak = "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"" + "x".repeat(171) + "\",\"e\":\"AQAB\"}]}";
    Map<String, Object> forEncryption = signer.publicJwk();
    forEncryption.put("use", "enc");
    for (String keySet :
        List.of(
            priv,
            weak,
            Json.write(Map.of("keys", List.of(forEncryption))),
            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
            "{\"keys\":[]}",
            "{}",
            "[]",
            "1")) {
      refused(ErrorCode.INVALID_CLIENT_METADATA, "{" + withKeys(keySet) + "}");
    }
    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{" + withKeys(signer.keySet()) + ",\"jwks_uri\":\"https://client.example/jwks\"}");
  }

  @Test
  void keysAreNotFetched_RG17() {
    String uri = ",\"jwks_uri\":\"https://client.example/jwks\"";

    refused(
        ErrorCode.INVALID_CLIENT_METADATA,
        "{" + URIS + ",\"token_endpoint_auth_method\":\"private_key_jwt\"" + uri + "}");
    assertThat(registered(URIS + PUBLIC + uri).has("jwks_uri")).isFalse();
  }

  @Test
  void equalRegistrationsWithoutASecretAreOneClient_RG22() {
    ObjectNode first = registered(URIS + PUBLIC + ",\"client_name\":\"App\"");
    flow.advance(Duration.ofHours(5));

    assertThat(registered("\"client_name\":\"App\"," + URIS + PUBLIC)).isEqualTo(first);
    assertThat(flow.storage.clients().list("", 100)).hasSize(3);
    assertThat(registered(URIS + PUBLIC + ",\"client_name\":\"App2\"").path("client_id"))
        .isNotEqualTo(first.path("client_id"));
  }

  @Test
  void clientsWithASecretAreNeverShared_RG22() {
    assertThat(registered(URIS).path("client_id")).isNotEqualTo(registered(URIS).path("client_id"));
  }

  @Test
  void registeringAgainKeepsAClientForAnotherWhile_RG22() {
    String id = registered(URIS + PUBLIC).path("client_id").asText();
    flow.advance(Duration.ofHours(23));
    registered(URIS + PUBLIC);
    flow.advance(Duration.ofHours(23));
    Duration day = Duration.ofDays(1);
    flow.storage.clients().deleteUnused(day, day, 100);

    assertThat(flow.storage.clients().find(id)).isPresent();
  }

  @Test
  void removedClientComesBackUnderItsId_RG22() {
    ObjectNode client = registered(URIS + PUBLIC);
    flow.storage.clients().delete(client.path("client_id").asText());

    assertThat(registered(URIS + PUBLIC)).isEqualTo(client);
  }

  private static String withKeys(String keySet) {
    return URIS + ",\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + keySet;
  }

  @Test
  void metadataMayBeNull() {
    registered(URIS + ",\"client_name\":null,\"scope\":null,\"contacts\":null,\"logo_uri\":null");
  }
}
