package io.mcpoauth.core.internal.account;

import io.mcpoauth.core.account.AccountOutcome;
import io.mcpoauth.core.account.AccountOutcome.Disconnected;
import io.mcpoauth.core.account.AccountOutcome.FormRefused;
import io.mcpoauth.core.account.AccountOutcome.Overview;
import io.mcpoauth.core.account.AccountOutcome.SignInNeeded;
import io.mcpoauth.core.account.AccountOutcome.SignedOut;
import io.mcpoauth.core.account.AccountRequest;
import io.mcpoauth.core.account.ConnectedApp;
import io.mcpoauth.core.internal.session.Session;
import io.mcpoauth.core.internal.session.Sessions;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.ProviderChoice;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.model.UserGrant;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The user's own page: what each client may do, and the end of it. Only the user of the session
 * sees and ends grants, and only by forms that were made for that session (WB-05).
 */
public final class ConnectedApps {

  /** More than a person connects; the rest is seen when some of these have ended. */
  private static final int MAX_SHOWN = 200;

  private final Sessions sessions;
  private final GrantStore grants;
  private final ClientStore clients;
  private final List<ProviderChoice> providers;

  /** Shows the grants of that store. */
  public ConnectedApps(
      Sessions sessions, GrantStore grants, ClientStore clients, List<ProviderChoice> providers) {
    this.sessions = sessions;
    this.grants = grants;
    this.clients = clients;
    this.providers = List.copyOf(providers);
  }

  /** The page for whoever holds that session. */
  public AccountOutcome show(@Nullable Secret session) {
    return sessions.find(session).<AccountOutcome>map(this::overview).orElseGet(this::signInNeeded);
  }

  /** Ends a grant of the user's; one that is not is left alone, and nothing is said about it. */
  public AccountOutcome disconnect(AccountRequest request, String grantId) {
    Optional<Session> session = sessions.findForForm(request.session(), request.formToken());
    if (session.isEmpty()) {
      return refused(request.session());
    }
    grants
        .findUsable(grantId)
        .filter(grant -> isOf(session.get().user(), grant))
        .ifPresent(grant -> grants.revoke(grant.id(), RevocationReason.USER_REQUEST));
    return new Disconnected();
  }

  /** Ends the session. */
  public AccountOutcome signOut(AccountRequest request) {
    Secret secret = request.session();
    if (secret == null || sessions.findForForm(secret, request.formToken()).isEmpty()) {
      return refused(secret);
    }
    sessions.end(secret);
    return new SignedOut();
  }

  /** A session that is good stays: another site must not be able to end it either (WB-05). */
  private AccountOutcome refused(@Nullable Secret session) {
    return sessions.find(session).isPresent() ? new FormRefused() : signInNeeded();
  }

  private AccountOutcome signInNeeded() {
    return new SignInNeeded(providers);
  }

  private Overview overview(Session session) {
    User user = session.user();
    List<UserGrant> live = grants.ofUser(user.id(), user.provider(), MAX_SHOWN);
    Map<String, String> names = names(live);
    List<ConnectedApp> apps =
        live.stream()
            .map(grant -> new ConnectedApp(grant, names.get(grant.grant().clientId())))
            .toList();
    return new Overview(user, apps, session.formToken());
  }

  /** Of a client that a document describes, the id tells the host; nothing is fetched for it. */
  private Map<String, String> names(List<UserGrant> live) {
    return live.stream()
        .map(grant -> grant.grant().clientId())
        .distinct()
        .flatMap(id -> clients.find(id).stream())
        .collect(Collectors.toMap(Client::id, Client::name));
  }

  private static boolean isOf(User user, Grant grant) {
    return grant.userId().equals(user.id()) && grant.provider().equals(user.provider());
  }
}
