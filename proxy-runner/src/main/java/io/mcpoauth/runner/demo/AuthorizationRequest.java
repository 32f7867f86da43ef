package io.mcpoauth.runner.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.util.Fields;

/** Checks the parameters of an authorization request (RFC 6749, section 4.1.1; RFC 7636). */
final class AuthorizationRequest {
  private static final List<String> CARRIED =
      List.of("redirect_uri", "state", "scope", "nonce", "code_challenge");
  private static final int CHALLENGE_LENGTH = 43;

  private final Fields parameters;
  private final DemoClient client;

  AuthorizationRequest(Fields parameters, DemoClient client) {
    this.parameters = parameters;
    this.client = client;
  }

  /** Why the request cannot be answered with a redirect at all (RFC 6749, section 4.1.2.1). */
  Optional<String> distrust() {
    if (parameters.stream().anyMatch(Fields.Field::hasMultipleValues)) {
      return Optional.of("A parameter came twice.");
    }
    if (!client.id().equals(text("client_id"))) {
      return Optional.of("The client_id is unknown.");
    }
    if (!client.mayRedirectTo(text("redirect_uri"))) {
      return Optional.of("The redirect_uri is not registered for this client.");
    }
    return Optional.empty();
  }

  /** The error to redirect with; asked after {@link #distrust()}. */
  Optional<OAuthRefusal> refusal() {
    if (!text("response_type").equals("code")) {
      return refuse("unsupported_response_type", "response_type must be code");
    }
    if (!text("code_challenge_method").equals("S256")
        || text("code_challenge").length() != CHALLENGE_LENGTH) {
      return refuse("invalid_request", "PKCE with S256 is required");
    }
    if (text("prompt").equals("none")) {
      return refuse("login_required", "There is no session: every sign-in shows the page");
    }
    return Optional.empty();
  }

  String redirectUri() {
    return text("redirect_uri");
  }

  String state() {
    return text("state");
  }

  /** What the ticket in the form, and then the code, remember of the request. */
  Map<String, Object> claims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    CARRIED.forEach(
        name -> {
          if (!text(name).isEmpty()) {
            claims.put(name, text(name));
          }
        });
    return claims;
  }

  private String text(String name) {
    return Parameters.text(parameters, name);
  }

  private static Optional<OAuthRefusal> refuse(String error, String description) {
    return Optional.of(new OAuthRefusal(error, description));
  }
}
