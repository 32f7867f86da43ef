package io.mcpoauth.servlet.contract;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
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
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that fails at everything; the real one would do so only together with its storage.
 *
 * @param failure what to throw
 */
public record BrokenServer(ServerSettings settings, Supplier<RuntimeException> failure)
    implements AuthorizationServer {

  @Override
  public AuthorizeOutcome authorize(AuthorizeRequest request) {
    throw failure.get();
  }

  @Override
  public AuthorizeOutcome decide(ConsentSubmission submission) {
    throw failure.get();
  }

  @Override
  public AuthorizeOutcome callback(CallbackRequest request) {
    throw failure.get();
  }

  @Override
  public AuthorizeOutcome signIn(String providerId) {
    throw failure.get();
  }

  @Override
  public AccountOutcome account(@Nullable Secret session) {
    throw failure.get();
  }

  @Override
  public AccountOutcome disconnect(AccountRequest request, String grantId) {
    throw failure.get();
  }

  @Override
  public AccountOutcome signOut(AccountRequest request) {
    throw failure.get();
  }

  @Override
  public TokenOutcome token(TokenRequest request) {
    throw failure.get();
  }

  @Override
  public RevokeOutcome revoke(RevokeRequest request) {
    throw failure.get();
  }

  @Override
  public IntrospectOutcome introspect(IntrospectRequest request) {
    throw failure.get();
  }

  @Override
  public RegistrationOutcome register(RegistrationRequest request) {
    throw failure.get();
  }

  @Override
  public RegistrationOutcome manage(ManagementRequest request) {
    throw failure.get();
  }

  @Override
  public AccessDecision checkAccess(
      @Nullable Secret authorization, ProtectedResource resource, @Nullable Supplier<?> source) {
    throw failure.get();
  }

  @Override
  public Optional<Granted> grantedAtOnce(
      @Nullable Secret authorization, ProtectedResource resource) {
    throw failure.get();
  }

  @Override
  public Optional<Secret> identityTokenAtOnce(Granted granted, ProtectedResource resource) {
    throw failure.get();
  }

  @Override
  public Secret identityToken(AccessDecision.Granted granted, ProtectedResource resource) {
    throw failure.get();
  }

  @Override
  public String tieSession(Granted granted, ProtectedResource resource, String sessionId) {
    throw failure.get();
  }

  @Override
  public Optional<String> untieSession(
      Granted granted, ProtectedResource resource, String presented) {
    throw failure.get();
  }

  @Override
  public AccessWatch watch(Granted granted, Runnable onEnd) {
    throw failure.get();
  }

  @Override
  public String authorizationServerMetadata() {
    throw failure.get();
  }

  @Override
  public String protectedResourceMetadata(ProtectedResource resource) {
    throw failure.get();
  }

  @Override
  public String jwks() {
    throw failure.get();
  }

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void close() {}
}
