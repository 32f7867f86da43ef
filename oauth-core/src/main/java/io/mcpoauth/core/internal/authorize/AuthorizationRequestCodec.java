package io.mcpoauth.core.internal.authorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;

/** An authorization request as JSON, for envelopes. */
final class AuthorizationRequestCodec {

  private AuthorizationRequestCodec() {}

  static ObjectNode write(AuthorizationRequest request) {
    ObjectNode json = Json.object();
    json.put("client_id", request.clientId());
    json.put("redirect_uri", request.redirectUri().value());
    json.put("scope", request.scopes().toString());
    json.put("resource", request.resource().value());
    json.put("code_challenge", request.codeChallenge().value());
    json.put("state", request.state());
    return json;
  }

  static AuthorizationRequest read(ObjectNode json) {
    return new AuthorizationRequest(
        Json.requiredText(json, "client_id"),
        new RedirectUri(Json.requiredText(json, "redirect_uri")),
        Scopes.parse(Json.requiredText(json, "scope")).orElseThrow(),
        new ResourceUri(Json.requiredText(json, "resource")),
        new CodeChallenge(Json.requiredText(json, "code_challenge")),
        Json.text(json, "state"));
  }
}
