package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.render.AccessAnswers;
import io.mcpoauth.servlet.render.ErrorAnswers;
import org.jspecify.annotations.Nullable;

/** Asks core about a request, and turns whatever is not a grant into the answer to send. */
public final class AccessGuard {

  private final AuthorizationServer server;
  private final ErrorAnswers errors;
  private final AccessAnswers answers;

  /** A guard that asks this server. */
  public AccessGuard(AuthorizationServer server, ErrorAnswers errors) {
    this.server = server;
    this.errors = errors;
    this.answers = new AccessAnswers(errors);
  }

  /** What to do with a request. */
  public sealed interface Verdict {

    /** Let it pass. */
    record Pass(Granted granted) implements Verdict {}

    /** Answer this instead. */
    record Stop(Answer answer) implements Verdict {}
  }

  /**
   * Checks a request. Outages are 503 and never 401, which would make clients drop their tokens.
   *
   * @param authorization the {@code Authorization} field; null when there is none
   */
  public Verdict check(@Nullable Secret authorization, ProtectedResource resource) {
    try {
      AccessDecision decision = server.checkAccess(authorization, resource);
      return decision instanceof Granted granted
          ? new Verdict.Pass(granted)
          : new Verdict.Stop(decision.match(answers).orElseThrow());
    } catch (StorageException e) {
      errors.reportOutage(e);
      return new Verdict.Stop(errors.busy());
    } catch (RuntimeException e) {
      return new Verdict.Stop(errors.serverError(errors.report(e)));
    }
  }
}
