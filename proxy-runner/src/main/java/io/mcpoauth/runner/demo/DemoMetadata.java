package io.mcpoauth.runner.demo;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The discovery document (OpenID Connect Discovery 1.0, section 3). */
final class DemoMetadata {
  private DemoMetadata() {}

  static Map<String, Object> of(URI issuer) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("issuer", issuer.toString());
    metadata.put("authorization_endpoint", issuer + "/authorize");
    metadata.put("token_endpoint", issuer + "/token");
    metadata.put("userinfo_endpoint", issuer + "/userinfo");
    metadata.put("revocation_endpoint", issuer + "/revoke");
    metadata.put("jwks_uri", issuer + "/jwks");
    metadata.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
    metadata.put("response_types_supported", List.of("code"));
    metadata.put("response_modes_supported", List.of("query"));
    metadata.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
    metadata.put("subject_types_supported", List.of("public"));
    metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
    List<String> authentication = List.of("client_secret_basic", "client_secret_post");
    metadata.put("token_endpoint_auth_methods_supported", authentication);
    metadata.put("revocation_endpoint_auth_methods_supported", authentication);
    metadata.put("code_challenge_methods_supported", List.of("S256"));
    metadata.put("claims_supported", List.of("sub", "name", "email", "email_verified"));
    metadata.put("authorization_response_iss_parameter_supported", true);
    return metadata;
  }
}
