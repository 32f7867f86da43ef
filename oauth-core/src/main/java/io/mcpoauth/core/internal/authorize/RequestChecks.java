package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.internal.model.OfferedResources;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checks whose refusals go to the client: client and redirect URI are known to be right. */
public final class RequestChecks {

  private static final List<String> SINGLE_PARAMETERS =
      List.of(
          "response_type",
          "response_mode",
          "code_challenge",
          "code_challenge_method",
          "scope",
          "state",
          "prompt",
          "request",
          "request_uri",
          "nonce",
          "display",
          "max_age",
          "id_token_hint",
          "login_hint",
          "claims");

  private final OfferedResources resources;

  /** Checks requests for these resources. */
  public RequestChecks(OfferedResources resources) {
    this.resources = resources;
  }

  sealed interface Result {}

  record Accepted(AuthorizationRequest request) implements Result {}

  record Refused(OAuthError error) implements Result {}

  Result check(
      Client client, RedirectUri redirectUri, Parameters parameters, @Nullable String state) {
    Optional<OAuthError> refusal =
        unsupported(parameters)
            .or(() -> grantTypeError(client))
            .or(() -> challengeError(parameters));
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    Optional<ProtectedResource> resource = resource(parameters.all("resource"));
    if (resource.isEmpty()) {
      return refused(ErrorCode.INVALID_TARGET, "resource is not an MCP server behind this proxy");
    }
    Optional<Scopes> scopes = scopes(parameters.get("scope"), resource.get());
    if (scopes.isEmpty()) {
      return refused(ErrorCode.INVALID_SCOPE, "none of the requested scopes is offered here");
    }
    return new Accepted(
        new AuthorizationRequest(
            client.id(),
            redirectUri,
            scopes.get(),
            resource.get().uri(),
            challenge(parameters).orElseThrow(),
            state));
  }

  private static Optional<OAuthError> unsupported(Parameters parameters) {
    if (!parameters.all("request").isEmpty()) {
      return error(ErrorCode.REQUEST_NOT_SUPPORTED, "request objects are not supported");
    }
    if (!parameters.all("request_uri").isEmpty()) {
      return error(ErrorCode.REQUEST_URI_NOT_SUPPORTED, "request_uri is not supported");
    }
    if (parameters.isAnyRepeated(SINGLE_PARAMETERS)) {
      return error(ErrorCode.INVALID_REQUEST, "a parameter stands more than once");
    }
    String responseMode = parameters.get("response_mode");
    if (responseMode != null && !responseMode.equals("query")) {
      return error(ErrorCode.INVALID_REQUEST, "response_mode must be query");
    }
    String responseType = parameters.get("response_type");
    if (responseType == null) {
      return error(ErrorCode.INVALID_REQUEST, "response_type is missing");
    }
    if (!responseType.equals("code")) {
      return error(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code");
    }
    String prompt = parameters.get("prompt");
    if (prompt != null && Arrays.asList(prompt.split(" ", -1)).contains("none")) {
      return error(ErrorCode.INTERACTION_REQUIRED, "the user must always be asked");
    }
    return Optional.empty();
  }

  private static Optional<OAuthError> grantTypeError(Client client) {
    return client.grantTypes().contains(GrantType.AUTHORIZATION_CODE)
        ? Optional.empty()
        : error(
            ErrorCode.UNAUTHORIZED_CLIENT, "this client did not register for authorization_code");
  }

  /** RFC 7636 section 4.3: an absent method means {@code plain}, which is refused. */
  private static Optional<OAuthError> challengeError(Parameters parameters) {
    if (parameters.get("code_challenge") == null) {
      return error(ErrorCode.INVALID_REQUEST, "code_challenge is missing");
    }
    if (!CodeChallenge.METHOD.equals(parameters.get("code_challenge_method"))) {
      return error(ErrorCode.INVALID_REQUEST, "code_challenge_method must be S256");
    }
    return challenge(parameters).isPresent()
        ? Optional.empty()
        : error(ErrorCode.INVALID_REQUEST, "code_challenge must be 43 characters of base64url");
  }

  private static Optional<CodeChallenge> challenge(Parameters parameters) {
    return Optional.ofNullable(parameters.get("code_challenge")).flatMap(CodeChallenge::parse);
  }

  /** RFC 8707 section 2. A grant is bound to one resource, so all values must mean the same. */
  private Optional<ProtectedResource> resource(List<String> requested) {
    if (requested.isEmpty()) {
      return Optional.of(resources.first());
    }
    List<Optional<ProtectedResource>> found =
        requested.stream().map(resources::named).distinct().toList();
    return found.size() == 1 ? found.get(0) : Optional.empty();
  }

  /**
   * Unknown scopes are dropped, which the token response tells (RFC 6749 section 3.3): clients ask
   * for {@code openid} or {@code offline_access} by habit. Only a request that leaves nothing is
   * refused.
   */
  private static Optional<Scopes> scopes(@Nullable String text, ProtectedResource resource) {
    Scopes offered = resource.scopesSupported();
    if (text == null) {
      return Optional.of(offered);
    }
    return Scopes.parse(text)
        .map(requested -> requested.retain(offered))
        .filter(granted -> !granted.isEmpty() || offered.isEmpty());
  }

  private static Result refused(ErrorCode code, String description) {
    return new Refused(new OAuthError(code, description));
  }

  private static Optional<OAuthError> error(ErrorCode code, String description) {
    return Optional.of(new OAuthError(code, description));
  }
}
