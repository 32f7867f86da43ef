package io.mcpoauth.servlet.filter;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.internal.forward.AccessGuard;
import io.mcpoauth.servlet.internal.forward.AccessGuard.Verdict;
import io.mcpoauth.servlet.internal.message.SecurityHeaders;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.AnswerWriter;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.limit.AddressLimits;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends requests for one resource on into the application, or answers them itself. */
final class Doorkeeper {

  private final ServerSettings settings;
  private final ProtectedResource resource;
  private final AccessGuard guard;

  Doorkeeper(AuthorizationServer server, ProtectedResource resource, SecretSource random) {
    this.settings = server.settings();
    this.resource = resource;
    this.guard = new AccessGuard(server, new ErrorAnswers(random));
  }

  void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Verdict verdict =
        guard.check(
            RequestHeaders.authorization(request),
            resource,
            () -> AddressLimits.networkOf(request.getRemoteAddr()));
    if (verdict instanceof Verdict.Pass pass) {
      request.setAttribute(BearerFilter.GRANTED, pass.granted());
      chain.doFilter(new AuthorizedRequest(request, pass.granted()), response);
    } else {
      Answer answer = ((Verdict.Stop) verdict).answer();
      AnswerWriter.write(answer.with(SecurityHeaders.of(settings)), request, response);
    }
  }
}
