package io.mcpoauth.core;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountRequest;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.client.ManagementRequest;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The authorization server: one method per endpoint, called once per request.
 *
 * <p>Every method may be called by many threads at once. Refusals are values; an outage of storage
 * is a {@link io.mcpoauth.core.spi.storage.StorageException}, which callers answer with 503.
 */
public interface AuthorizationServer extends AutoCloseable {

  /**
   * Begins to put a server together.
   *
   * @param storage stays the caller's to close
   * @param keys encrypt what is stored
   * @param providers where users sign in, at least one
   */
  static AuthorizationServerBuilder builder(
      ServerSettings settings, Storage storage, KeyRing keys, List<IdentityProvider> providers) {
    return new AuthorizationServerBuilder(settings, storage, keys, providers);
  }

  /** How this server was set up. */
  ServerSettings settings();

  /** {@code GET /authorize}. */
  AuthorizeOutcome authorize(AuthorizeRequest request);

  /** {@code POST /consent}: the user's decision on the consent page. */
  AuthorizeOutcome decide(ConsentSubmission submission);

  /** {@code GET /callback}: the return from the provider. */
  AuthorizeOutcome callback(CallbackRequest request);

  /** {@code POST /account/sign-in}: the user wants to see their own page. */
  AuthorizeOutcome signIn(String providerId);

  /**
   * {@code GET /account}: what the user of a session granted.
   *
   * @param session the value of the session cookie; null when the browser has none
   */
  AccountOutcome account(@Nullable Secret session);

  /** {@code POST /account/disconnect}: the user ends a grant. */
  AccountOutcome disconnect(AccountRequest request, String grantId);

  /** {@code POST /account/sign-out}. */
  AccountOutcome signOut(AccountRequest request);

  /** {@code POST /token}. */
  TokenOutcome token(TokenRequest request);

  /** {@code POST /revoke}. */
  RevokeOutcome revoke(RevokeRequest request);

  /** {@code POST /introspect}, for resource servers that the operator knows. */
  IntrospectOutcome introspect(IntrospectRequest request);

  /** {@code POST /register}. */
  RegistrationOutcome register(RegistrationRequest request);

  /** {@code GET}, {@code PUT} and {@code DELETE /register/{client_id}} (RFC 7592). */
  RegistrationOutcome manage(ManagementRequest request);

  /**
   * Whether a request may use a protected resource.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  default AccessDecision checkAccess(@Nullable Secret authorization, ProtectedResource resource) {
    return checkAccess(authorization, resource, null);
  }

  /**
   * The same for callers that can tell senders apart, so that one that sends forged tokens without
   * end is told to wait, and not all that have new ones (DS-08).
   *
   * @param source tells who sent the request by something with {@code equals} and {@code hashCode},
   *     such as a network; asked only for tokens that were not seen before. Null when nobody can
   *     say
   */
  AccessDecision checkAccess(
      @Nullable Secret authorization, ProtectedResource resource, @Nullable Supplier<?> source);

  /**
   * What {@link #checkAccess} grants, when that is known without waiting for storage, a provider or
   * a signature: for threads that must not wait.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   * @return empty when nothing can be said at once, or nothing is granted
   */
  Optional<Granted> grantedAtOnce(@Nullable Secret authorization, ProtectedResource resource);

  /**
   * A signed statement for a protected resource of who was let in: a JWT that its server can verify
   * by our JWKS. Costs no look-up, and a signature once a minute for each grant.
   *
   * @param granted the answer to {@link #checkAccess} for the same resource
   */
  Secret identityToken(AccessDecision.Granted granted, ProtectedResource resource);

  /** The same, when none has to be signed for it. */
  Optional<Secret> identityTokenAtOnce(Granted granted, ProtectedResource resource);

  /**
   * The id by which a client may speak of a session that an MCP server opened for it: the server's,
   * tied to this user and client (RS-27).
   */
  String tieSession(Granted granted, ProtectedResource resource, String sessionId);

  /**
   * The server's id of a session that a client speaks of; empty when the session is not this user's
   * and client's.
   */
  Optional<String> untieSession(Granted granted, ProtectedResource resource, String presented);

  /**
   * Calls back once when what was granted has ended, on whatever instance: the grant or the token
   * was revoked. Within seconds, as long as storage answers.
   *
   * @param onEnd returns soon and throws nothing; called on any thread, at once if it has ended
   */
  AccessWatch watch(Granted granted, Runnable onEnd);

  /** The authorization server metadata document as JSON (RFC 8414). */
  String authorizationServerMetadata();

  /** The protected resource metadata document as JSON (RFC 9728). */
  String protectedResourceMetadata(ProtectedResource resource);

  /** The public signing keys as a JWK set in JSON (RFC 7517). */
  String jwks();

  /** Whether requests can be served now: storage answers and there is a signing key. */
  boolean isReady();

  /** Ends background work; does not close storage. */
  @Override
  void close();
}
