package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.internal.session.Sessions;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.SignInAnswer.SignedIn;

/**
 * The end of a sign-in that no client asked for: a session in this browser. The provider's tokens
 * are not kept.
 */
public final class FinishAccountSignIn {

  private final Sessions sessions;
  private final AuditLog audit;

  /** Begins sessions there. */
  public FinishAccountSignIn(Sessions sessions, AuditLog audit) {
    this.sessions = sessions;
    this.audit = audit;
  }

  AuthorizeOutcome admit(String loginId, SignedIn signedIn) {
    User user = signedIn.user();
    audit.write(new AuditEvent.SignInFinished(loginId, null, user.provider(), user.id()));
    return new AuthorizeOutcome.SignedInHere(sessions.begin(user), Sessions.LIFETIME);
  }

  AuthorizeOutcome refuse(String loginId, IdentityProvider provider, ErrorCode error) {
    audit.write(new AuditEvent.SignInRefused(loginId, null, provider.id(), error));
    return new AuthorizeOutcome.NotSignedIn(error);
  }
}
