package io.mcpoauth.core;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountRequest;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.client.ClientRegistration;
import io.mcpoauth.core.client.ManagementRequest;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.internal.access.AccessWatches;
import io.mcpoauth.core.internal.access.ChangeWatcher;
import io.mcpoauth.core.internal.access.CheckAccess;
import io.mcpoauth.core.internal.access.Introspect;
import io.mcpoauth.core.internal.access.SessionIds;
import io.mcpoauth.core.internal.account.ConnectedApps;
import io.mcpoauth.core.internal.authorize.BeginSignIn;
import io.mcpoauth.core.internal.authorize.DecideConsent;
import io.mcpoauth.core.internal.authorize.FinishSignIn;
import io.mcpoauth.core.internal.authorize.StartAuthorization;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.keys.IdentityTokens;
import io.mcpoauth.core.internal.keys.SigningKeys;
import io.mcpoauth.core.internal.metadata.MetadataDocuments;
import io.mcpoauth.core.internal.revoke.RevokeToken;
import io.mcpoauth.core.internal.token.IssueTokens;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands each request to its feature. */
final class StandardAuthorizationServer implements AuthorizationServer {

  private static final Logger log = LoggerFactory.getLogger(StandardAuthorizationServer.class);

  private final Parts parts;
  private final AtomicReference<Optional<String>> lastProblem =
      new AtomicReference<>(Optional.empty());

  StandardAuthorizationServer(Parts parts) {
    this.parts = parts;
  }

  /** The features, as {@link AuthorizationServerBuilder} put them together. */
  record Parts(
      ServerSettings settings,
      Storage storage,
      InstanceCheck instance,
      SigningKeys signingKeys,
      StartAuthorization startAuthorization,
      DecideConsent decideConsent,
      BeginSignIn beginSignIn,
      ConnectedApps connectedApps,
      FinishSignIn finishSignIn,
      IssueTokens issueTokens,
      RevokeToken revokeToken,
      ClientRegistration registration,
      CheckAccess checkAccess,
      IdentityTokens identityTokens,
      SessionIds sessionIds,
      AccessWatches accessWatches,
      Introspect introspect,
      ChangeWatcher changeWatcher,
      MetadataDocuments metadata,
      ClientDirectory clients,
      List<ScheduledFuture<?>> repeated,
      BackgroundWork work,
      AuditLog audit) {}

  @Override
  public ServerSettings settings() {
    return parts.settings();
  }

  @Override
  public AuthorizeOutcome authorize(AuthorizeRequest request) {
    return noted(Endpoint.AUTHORIZE, parts.startAuthorization().start(request));
  }

  @Override
  public AuthorizeOutcome decide(ConsentSubmission submission) {
    return noted(Endpoint.CONSENT, parts.decideConsent().decide(submission));
  }

  @Override
  public AuthorizeOutcome callback(CallbackRequest request) {
    return noted(Endpoint.CALLBACK, parts.finishSignIn().finish(request));
  }

  /** Error pages have many causes and this one form; whose request it was is not known for sure. */
  private AuthorizeOutcome noted(Endpoint endpoint, AuthorizeOutcome outcome) {
    if (outcome instanceof AuthorizeOutcome.ErrorPage page) {
      parts.audit().write(RequestRefused.of(endpoint, page.error(), null));
    }
    return outcome;
  }

  @Override
  public AuthorizeOutcome signIn(String providerId) {
    return parts.beginSignIn().forAccount(providerId);
  }

  @Override
  public AccountOutcome account(@Nullable Secret session) {
    return parts.connectedApps().show(session);
  }

  @Override
  public AccountOutcome disconnect(AccountRequest request, String grantId) {
    return parts.connectedApps().disconnect(request, grantId);
  }

  @Override
  public AccountOutcome signOut(AccountRequest request) {
    return parts.connectedApps().signOut(request);
  }

  @Override
  public TokenOutcome token(TokenRequest request) {
    return parts.issueTokens().issue(request);
  }

  @Override
  public RevokeOutcome revoke(RevokeRequest request) {
    return parts.revokeToken().revoke(request);
  }

  @Override
  public IntrospectOutcome introspect(IntrospectRequest request) {
    return parts.introspect().introspect(request);
  }

  @Override
  public RegistrationOutcome register(RegistrationRequest request) {
    return parts.registration().register().register(request);
  }

  @Override
  public RegistrationOutcome manage(ManagementRequest request) {
    return parts.registration().manage().manage(request);
  }

  @Override
  public AccessDecision checkAccess(
      @Nullable Secret authorization, ProtectedResource resource, @Nullable Supplier<?> source) {
    return parts.checkAccess().check(authorization, resource, source);
  }

  @Override
  public Optional<Granted> grantedAtOnce(
      @Nullable Secret authorization, ProtectedResource resource) {
    return parts.checkAccess().grantedAtOnce(authorization, resource);
  }

  @Override
  public Secret identityToken(AccessDecision.Granted granted, ProtectedResource resource) {
    return parts.identityTokens().of(subject(granted, resource));
  }

  @Override
  public Optional<Secret> identityTokenAtOnce(Granted granted, ProtectedResource resource) {
    return parts.identityTokens().recent(subject(granted, resource));
  }

  private static IdentityTokens.Subject subject(Granted granted, ProtectedResource resource) {
    return new IdentityTokens.Subject(
        granted.grantId().isEmpty() ? granted.user().id() : granted.grantId(),
        granted.user(),
        granted.clientId(),
        resource.uri());
  }

  @Override
  public String tieSession(Granted granted, ProtectedResource resource, String sessionId) {
    return parts.sessionIds().tie(granted, resource.uri(), sessionId);
  }

  @Override
  public Optional<String> untieSession(
      Granted granted, ProtectedResource resource, String presented) {
    return parts.sessionIds().untie(granted, resource.uri(), presented);
  }

  @Override
  public AccessWatch watch(Granted granted, Runnable onEnd) {
    return parts.accessWatches().watch(granted, onEnd);
  }

  @Override
  public String authorizationServerMetadata() {
    return parts.metadata().authorizationServer();
  }

  @Override
  public String protectedResourceMetadata(ProtectedResource resource) {
    return parts.metadata().protectedResource(resource);
  }

  @Override
  public String jwks() {
    return parts.signingKeys().publicJwks();
  }

  @Override
  public boolean isReady() {
    try {
      parts.storage().ping();
      if (!agreesWithTheOthers()) {
        return false;
      }
      parts.signingKeys().prepare();
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  /** Says each problem once, not at each look. */
  private boolean agreesWithTheOthers() {
    Optional<String> problem = parts.instance().problem();
    if (!problem.equals(lastProblem.getAndSet(problem))) {
      problem.ifPresent(text -> log.error("Not ready: {}", text));
    }
    return problem.isEmpty();
  }

  @Override
  public void close() {
    parts.changeWatcher().close();
    parts.repeated().forEach(work -> work.cancel(false));
    parts.clients().close();
    parts.work().end();
  }
}
