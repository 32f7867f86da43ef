package io.mcpoauth.core.internal.metadata;

import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.protocol.AssertionAlgorithm;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.Scopes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents that clients discover us by: RFC 8414 and RFC 9728. Everything in them follows from
 * the issuer that the operator configured, never from a request (MD-01), and only what is
 * implemented is named.
 */
public final class MetadataDocuments {

  private final String issuer;
  private final String authorizationServer;

  /**
   * What the operator may or may not offer.
   *
   * @param clientDocuments whether URLs of client ID metadata documents are client ids here
   * @param registration whether there is a registration endpoint
   */
  public record Offers(boolean clientDocuments, boolean registration) {}

  /**
   * Documents of that issuer.
   *
   * @param issuer the base URL of all endpoints
   */
  public MetadataDocuments(String issuer, Scopes scopesSupported, Offers offers) {
    this.issuer = issuer;
    Map<String, Object> document = authorizationServer(scopesSupported);
    if (offers.registration()) {
      document.put("registration_endpoint", issuer + "/register");
    }
    if (offers.clientDocuments()) {
      document.put("client_id_metadata_document_supported", true);
    }
    this.authorizationServer = Json.write(document);
  }

  /** The authorization server metadata as JSON (RFC 8414 section 2). */
  public String authorizationServer() {
    return authorizationServer;
  }

  /** The protected resource metadata as JSON (RFC 9728 section 2). */
  public String protectedResource(ProtectedResource resource) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("resource", resource.uri().value());
    document.put("authorization_servers", List.of(issuer));
    if (!resource.scopesSupported().isEmpty()) {
      document.put("scopes_supported", resource.scopesSupported().values());
    }
    document.put("bearer_methods_supported", List.of("header"));
    return Json.write(document);
  }

  private Map<String, Object> authorizationServer(Scopes scopesSupported) {
    List<String> authenticationMethods =
        Arrays.stream(ClientAuthenticationMethod.values())
            .map(ClientAuthenticationMethod::wireName)
            .toList();
    List<String> algorithms =
        Arrays.stream(AssertionAlgorithm.values()).map(AssertionAlgorithm::wireName).toList();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("issuer", issuer);
    document.put("authorization_endpoint", issuer + "/authorize");
    document.put("token_endpoint", issuer + "/token");
    document.put("revocation_endpoint", issuer + "/revoke");
    document.put("introspection_endpoint", issuer + "/introspect");
    document.put(
        "introspection_endpoint_auth_methods_supported",
        List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.wireName()));
    document.put("jwks_uri", issuer + "/jwks");
    if (!scopesSupported.isEmpty()) {
      document.put("scopes_supported", scopesSupported.values());
    }
    document.put("response_types_supported", List.of("code"));
    document.put("response_modes_supported", List.of("query"));
    document.put(
        "grant_types_supported",
        Arrays.stream(GrantType.values()).map(GrantType::wireName).toList());
    document.put("token_endpoint_auth_methods_supported", authenticationMethods);
    document.put("token_endpoint_auth_signing_alg_values_supported", algorithms);
    document.put("revocation_endpoint_auth_methods_supported", authenticationMethods);
    document.put("revocation_endpoint_auth_signing_alg_values_supported", algorithms);
    document.put("code_challenge_methods_supported", List.of(CodeChallenge.METHOD));
    document.put("authorization_response_iss_parameter_supported", true);
    return document;
  }
}
