package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentTest {

  private static final String URL = "https://client.example.com/c%7E.json";
  private static final String REQUIRED =
      "\"client_id\":\""
          + URL
          + "\",\"client_name\":\"C\",\"redirect_uris\":[\"http://localhost/cb\"]";

  private static Client read(String json) throws InvalidClientMetadata {
    return ClientDocument.read(
        ClientIdUrl.parse(URL, DangerousTestAllowance.NOTHING).orElseThrow(),
        json,
        new RedirectPolicy("https://proxy.example", RedirectPolicy.KNOWN_APPLICATION_SCHEMES),
        Instant.EPOCH);
  }

  private static Client readWith(String members) throws InvalidClientMetadata {
    return read("{" + REQUIRED + "," + members + "}");
  }

  private static void isInvalid(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(InvalidClientMetadata.class);
  }

  private static void isInvalidWith(String members) {
    isInvalid("{" + REQUIRED + "," + members + "}");
  }

  @Test
  void documentIsAClient() throws InvalidClientMetadata {
    Client client = readWith("\"grant_types\":[\"authorization_code\",\"refresh_token\"]");

    assertThat(client.id()).isEqualTo(URL);
    assertThat(client.name()).isEqualTo("C");
    assertThat(client.origin()).isEqualTo(Client.Origin.DOCUMENT);
    assertThat(client.authenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);
    assertThat(client.grantTypes())
        .isEqualTo(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN));
    assertThat(client.registeredFormOf("http://localhost:33418/cb")).isPresent();
  }

  @Test
  void revisionFollowsTheDocument_CN17() throws InvalidClientMetadata {
    assertThat(readWith("\"x\":1").revision()).isEqualTo(readWith("\"x\":1").revision());
    assertThat(readWith("\"x\":1").revision()).isNotEqualTo(readWith("\"x\":2").revision());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://client.example.com/C%7E.json",
        "https://CLIENT.example.com/c%7E.json",
        "https://client.example.com:443/c%7E.json",
        "https://client.example.com/c%7E.json/",
        "https://client.example.com/c%7e.json",
        "https://client.example.com/c~.json",
        "https://client.example.com/c%7E.json ",
        "client",
        ""
      })
  void clientIdMustBeTheUrlToTheByte_CM13(String clientId) {
    isInvalid("{" + REQUIRED.replace(URL, clientId) + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"client_secret\":\"x\"",
        "\"client_secret_expires_at\":0",
        "\"token_endpoint_auth_method\":\"client_secret_basic\"",
        "\"token_endpoint_auth_method\":\"client_secret_post\"",
        "\"token_endpoint_auth_method\":\"client_secret_jwt\"",
        "\"token_endpoint_auth_method\":\"client_secret_basic\","
            + "\"token_endpoint_auth_methods_supported\":[\"none\"]",
        "\"token_endpoint_auth_method\":\"tls_client_auth\"",
        "\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"]",
        "\"token_endpoint_auth_method\":1",
        "\"response_types\":[\"token\"]",
        "\"grant_types\":[\"implicit\"]",
        "\"logo_uri\":\"javascript:alert(1)\"",
        "\"client_uri\":\"http://10.0.0.1/\""
      })
  void documentMustBeThatOfAPublicClient_CM14(String members) {
    isInvalidWith(members);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"d\":\"x\"}]}",
        "\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"x\"}]}",
        "\"jwks\":{\"keys\":[{\"kty\":\"RSA\",\"n\":\"x\"},{\"kty\":\"RSA\",\"p\":\"x\"}]}",
        "\"jwks\":{\"keys\":[\"x\"]}",
        "\"jwks\":{}",
        "\"jwks\":[]",
        "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://client.example.com/k\"",
        "\"jwks_uri\":\"http://client.example.com/k\""
      })
  void documentMustHoldPublicKeysOnly_CM14(String members) throws InvalidClientMetadata {
    String none = "\"token_endpoint_auth_method\":\"none\"";
    assertThat(readWith(none).authenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);

    isInvalidWith(none + "," + members);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_id\":\"" + URL + "\",\"redirect_uris\":[\"https://a.example/\"]}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"\",\"redirect_uris\":[\"https://a.example/\"]}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":7,\"redirect_uris\":[\"https://a.example/\"]}",
        "{\"client_id\":\"" + URL + "\",\"client_name\":\"C\"}",
        "{\"client_id\":\"" + URL + "\",\"client_name\":\"C\",\"redirect_uris\":[]}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"C\",\"redirect_uris\":\"https://a.example/\"}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"C\",\"redirect_uris\":[\"javascript:x\"]}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"C\",\"redirect_uris\":[\"http://a.example/\"]}",
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"C\",\"redirect_uris\":[\"https://proxy.example/callback\"]}",
        "{\"client_name\":\"C\",\"redirect_uris\":[\"https://a.example/\"]}"
      })
  void requiredMembersMustBeThereAndGood_CM14(String json) {
    isInvalid(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "{" + REQUIRED + "",
        "{" + REQUIRED + "}{}",
        "{" + REQUIRED + "} x",
        "{" + REQUIRED + ",}",
        "{" + REQUIRED + ",\"client_name\":\"D\"}",
        "{" + REQUIRED + ",\"x\":{\"a\":1,\"a\":2}}",
        "\uFEFF{" + REQUIRED + "}",
        "{" + REQUIRED + ",\"x\":NaN}",
        "{" + REQUIRED + "/**/}"
      })
  void jsonIsReadStrictly_CM15(String json) {
    isInvalid(json);
  }

  @Test
  void deepAndLongDocumentsAreRefused_CM15() {
    isInvalidWith("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000));
    isInvalid(
        "{\"client_id\":\""
            + URL
            + "\",\"client_name\":\"C\",\"redirect_uris\":["
            + "\"https://a.example/\",".repeat(20)
            + "\"https://a.example/\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"x\":1",
        "\"client_secret\":null,\"jwks\":null",
        "\"token_endpoint_auth_method\":\"none\"",
        "\"token_endpoint_auth_methods_supported\":[\"none\"]",
        "\"token_endpoint_auth_method\":\"private_key_jwt\","
            + "\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\",\"none\"],"
            + "\"jwks_uri\":\"https://client.example.com/keys\"",
        "\"token_endpoint_auth_method\":\"none\",\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"x\":\"x\"}]}"
      })
  void clientThatOffersNoneIsPublic(String members) throws InvalidClientMetadata {
    assertThat(readWith(members).authenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"token_endpoint_auth_method\":\"private_key_jwt\"",
        "\"jwks_uri\":\"https://client.example.com/keys\""
      })
  void clientThatMustProveAKeyIsNotTakenForAPublicOne(String members) {
    isInvalidWith(members);
  }
}
