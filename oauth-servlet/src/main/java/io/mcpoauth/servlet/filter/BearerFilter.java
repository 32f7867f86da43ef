package io.mcpoauth.servlet.filter;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.forward.AccessGuard;
import io.mcpoauth.servlet.forward.AccessGuard.Verdict;
import io.mcpoauth.servlet.message.Answer;
import io.mcpoauth.servlet.message.SecurityHeaders;
import io.mcpoauth.servlet.parse.RequestHeaders;
import io.mcpoauth.servlet.render.AnswerWriter;
import io.mcpoauth.servlet.render.ErrorAnswers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets only requests with a good bearer token through to an application.
 *
 * <p>Map it to the application's paths, with {@code asyncSupported} when the application streams.
 * The application sees the user in {@code getUserPrincipal()} ({@link UserPrincipal}) and {@code
 * getRemoteUser()}, the token's scopes in {@code isUserInRole(scope)}, and everything in the
 * request attribute {@link #GRANTED}. It does not see the token, nor any identity field of the
 * client.
 */
public final class BearerFilter extends HttpFilter {

  /** The request attribute that holds the {@link Granted} decision. */
  public static final String GRANTED = Granted.class.getName();

  private static final long serialVersionUID = 1L;

  private final transient AuthorizationServer server;
  private final transient ProtectedResource resource;
  private final transient AccessGuard guard;

  /**
   * A filter for one resource of the server.
   *
   * @param resource what this filter stands in front of: tokens must be meant for it
   * @param random for error ids and the jitter of {@code Retry-After}
   */
  public BearerFilter(AuthorizationServer server, ProtectedResource resource, SecretSource random) {
    if (!server.settings().resources().contains(resource)) {
      throw new IllegalArgumentException("the resource is none of this server's");
    }
    this.server = server;
    this.resource = resource;
    this.guard = new AccessGuard(server, new ErrorAnswers(random));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Verdict verdict = guard.check(RequestHeaders.authorization(request), resource);
    if (verdict instanceof Verdict.Pass pass) {
      request.setAttribute(GRANTED, pass.granted());
      chain.doFilter(new AuthorizedRequest(request, pass.granted()), response);
    } else {
      answer(((Verdict.Stop) verdict).answer(), request, response);
    }
  }

  private void answer(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    AnswerWriter.write(answer.with(SecurityHeaders.of(server.settings())), request, response);
  }
}
