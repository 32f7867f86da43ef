package io.mcpoauth.servlet.internal.proxy;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.forward.InboundRequest;
import io.mcpoauth.servlet.internal.parse.PublicPath;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import jakarta.servlet.http.HttpServletRequest;

/** States requests of a servlet container as the policy wants them. */
public final class InboundRequests {

  private InboundRequests() {}

  /** The request as the container received it. */
  public static InboundRequest of(HttpServletRequest request, ServerSettings settings) {
    return new InboundRequest(
        request.getMethod(),
        PublicPath.of(request, settings),
        request.getQueryString(),
        RequestHeaders.all(request),
        request.getRemoteAddr());
  }
}
