package io.mcpoauth.servlet.internal.proxy;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.forward.ForwardAuth;
import io.mcpoauth.servlet.forward.InboundRequest;
import io.mcpoauth.servlet.internal.render.AnswerWriter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers the sub-requests by which a web server asks who may pass, for any container. Map it to
 * {@code /*} of an application that only the web server can reach: its answers hold tokens.
 */
public final class ForwardAuthServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient ForwardAuth forwardAuth;
  private final transient ServerSettings settings;

  /** A servlet that gives these answers. */
  public ForwardAuthServlet(ForwardAuth forwardAuth, ServerSettings settings) {
    this.forwardAuth = forwardAuth;
    this.settings = settings;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    InboundRequest asked = InboundRequests.of(request, settings);
    AnswerWriter.write(forwardAuth.answer(asked), request, response);
  }
}
