package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.ApprovalsCookie;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.internal.authorize.PendingLogins.Approved;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantStore;
import java.util.Optional;

/**
 * Lets an earlier approval stand for the consent page, where it is certain that the same user would
 * be asked the same again: nothing but the sign-in is left then. Off unless the operator says so.
 */
public final class RecallConsent {

  /** More than a person has with one client. */
  private static final int MAX_GRANTS = 200;

  private final RememberedConsents remembered;
  private final BeginSignIn signIns;
  private final ConsentPages pages;
  private final ClientDirectory clients;
  private final GrantStore grants;
  private final SecretSource random;
  private final AuditLog audit;

  /** Recalls approvals of which there is a live grant in that store. */
  public RecallConsent(
      RememberedConsents remembered,
      BeginSignIn signIns,
      ConsentPages pages,
      ClientDirectory clients,
      GrantStore grants,
      SecretSource random,
      AuditLog audit) {
    this.remembered = remembered;
    this.signIns = signIns;
    this.pages = pages;
    this.clients = clients;
    this.grants = grants;
    this.random = random;
    this.audit = audit;
  }

  /**
   * The way to the provider without a page; empty when the user must be asked. A request that some
   * page led to is never taken for the user's own wish (CN-04).
   */
  Optional<AuthorizeOutcome> recall(
      Client client, AuthorizationRequest request, AuthorizeRequest received) {
    if (!received.isUsersOwn() || received.parameters().get("prompt") != null) {
      return Optional.empty();
    }
    return remembered
        .find(received.approvals(), request, client.revision())
        .flatMap(
            approval ->
                begin(
                    request,
                    new Approved(
                        request, approval.provider(), ConsentMemory.recalled(approval.user()))));
  }

  private Optional<AuthorizeOutcome> begin(AuthorizationRequest request, Approved approved) {
    String loginId = random.identifier();
    AuthorizeOutcome outcome = signIns.begin(loginId, approved);
    if (!(outcome instanceof ToProvider)) {
      return Optional.empty();
    }
    audit.write(
        new AuditEvent.ConsentGiven(
            loginId,
            request.clientId(),
            request.redirectUri().value(),
            request.resource(),
            request.scopes(),
            approved.providerId(),
            true));
    return Optional.of(outcome);
  }

  /**
   * The consent page after all, where an approval was recalled that is another user's, or that the
   * user has withdrawn since by ending its grant (CN-05, CN-20).
   */
  Optional<AuthorizeOutcome> objection(Approved approved, User user, CallbackRequest received) {
    String approvingUser = approved.memory().recalledUser();
    if (approvingUser == null
        || (RememberedConsents.isOf(user, approvingUser) && isLive(approved.request(), user))) {
      return Optional.empty();
    }
    ClientLookup lookup = clients.find(approved.request().clientId());
    return Optional.of(
        lookup instanceof ClientLookup.Found found
            ? pages.ask(found.client(), approved.request(), received.consentSecret())
            : ClientPages.notFound(((ClientLookup.NotFound) lookup).reason()));
  }

  private boolean isLive(AuthorizationRequest request, User user) {
    return grants.ofUser(user.id(), user.provider(), MAX_GRANTS).stream()
        .anyMatch(grant -> isFor(request, grant));
  }

  private static boolean isFor(AuthorizationRequest request, UserGrant grant) {
    return grant.grant().clientId().equals(request.clientId())
        && grant.grant().resource().equals(request.resource())
        && grant.grant().scopes().containsAll(request.scopes());
  }

  /** The way back to the client, with what the browser is to remember if its user wants that. */
  ToClient remembering(ToClient answer, Approved approved, User user, CallbackRequest received) {
    String revision = approved.memory().keepRevision();
    return revision == null
        ? answer
        : new ToClient(
            answer.location(),
            new ApprovalsCookie(
                remembered.add(received.approvals(), approved.request(), revision, user),
                remembered.lifetime()));
  }
}
