package io.mcpoauth.servlet.proxy;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.forward.InboundRequest;
import io.mcpoauth.servlet.parse.PublicPath;
import io.mcpoauth.servlet.parse.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;

/** States requests of a servlet container as the policy wants them. */
final class InboundRequests {

  private InboundRequests() {}

  static InboundRequest of(HttpServletRequest request, ServerSettings settings) {
    return new InboundRequest(
        request.getMethod(),
        PublicPath.of(request, settings),
        request.getQueryString(),
        RequestHeaders.all(request),
        request.getRemoteAddr());
  }
}
