package io.mcpoauth.core.internal.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectOutcome.Answered;
import io.mcpoauth.core.access.IntrospectOutcome.Refused;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.ClientAuthentication;
import io.mcpoauth.core.internal.client.ClientAuthenticator;
import io.mcpoauth.core.internal.client.ResourceServers;
import io.mcpoauth.core.internal.keys.AccessTokenClaims;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Token introspection (RFC 7662). A resource server that the operator has set up learns about
 * access tokens for its own resource; all else, refresh tokens and codes too, is not active, and
 * nothing more is said (RV-12).
 */
public final class Introspect {

  private static final List<String> SINGLE_PARAMETERS = List.of("token", "token_type_hint");
  private static final Answered INACTIVE = new Answered("{\"active\":false}");

  private final ClientAuthenticator clients;
  private final LiveTokens tokens;
  private final String issuer;
  private final AuditLog audit;

  /** Answers about tokens of that issuer. */
  public Introspect(ClientAuthenticator clients, LiveTokens tokens, String issuer, AuditLog audit) {
    this.clients = clients;
    this.tokens = tokens;
    this.issuer = issuer;
    this.audit = audit;
  }

  /** What the caller may know of the token; the hint is not needed. */
  public IntrospectOutcome introspect(IntrospectRequest request) {
    Parameters form = request.form();
    ClientAuthentication authentication = clients.authenticate(form, request.authorization());
    if (authentication instanceof ClientAuthentication.Failed failed) {
      return noted(new Refused(failed.error()), null);
    }
    Client client = ((ClientAuthentication.Authenticated) authentication).client();
    IntrospectOutcome outcome = introspect(client, form);
    return outcome instanceof Refused refused ? noted(refused, client.id()) : outcome;
  }

  private IntrospectOutcome introspect(Client client, Parameters form) {
    if (client.authenticationMethod() == ClientAuthenticationMethod.NONE) {
      return refused(ErrorCode.INVALID_CLIENT, "introspection needs a client with credentials");
    }
    Optional<ResourceUri> resource = ResourceServers.resourceOf(client);
    if (resource.isEmpty()) {
      return refused(ErrorCode.UNAUTHORIZED_CLIENT, "this client is not a resource server");
    }
    String token = form.get("token");
    if (token == null || form.isAnyRepeated(SINGLE_PARAMETERS)) {
      return refused(ErrorCode.INVALID_REQUEST, "token must stand once, and its hint at most once");
    }
    // Whoever made the token up, it is not the caller.
    TokenStatus status = tokens.look(token, resource.get(), null);
    if (status instanceof TokenStatus.Unknown || status instanceof TokenStatus.Unseen) {
      return refused(ErrorCode.TEMPORARILY_UNAVAILABLE, "the state of tokens is not known now");
    }
    return status instanceof TokenStatus.Live live ? active(live.claims()) : INACTIVE;
  }

  private IntrospectOutcome noted(Refused refused, @Nullable String clientId) {
    audit.write(RequestRefused.of(Endpoint.INTROSPECT, refused.error(), clientId));
    return refused;
  }

  private Answered active(AccessTokenClaims claims) {
    ObjectNode json = Json.object();
    json.put("active", true);
    json.put("token_type", "Bearer");
    json.put("iss", issuer);
    json.put("sub", claims.subject());
    json.put("aud", claims.audience().value());
    json.put("client_id", claims.clientId());
    if (!claims.scopes().isEmpty()) {
      json.put("scope", claims.scopes().toString());
    }
    json.put("jti", claims.tokenId());
    json.put("iat", claims.issuedAt().getEpochSecond());
    json.put("exp", claims.expiresAt().getEpochSecond());
    return new Answered(Json.write(json));
  }

  private static Refused refused(ErrorCode code, String description) {
    return new Refused(new OAuthError(code, description));
  }
}
