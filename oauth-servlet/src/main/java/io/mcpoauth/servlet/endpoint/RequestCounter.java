package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.servlet.limit.AddressLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests by where they come from. */
final class RequestCounter {

  private static final Logger log = LoggerFactory.getLogger(RequestCounter.class);
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private final AddressLimits limits;
  private final AtomicBoolean warned = new AtomicBoolean();

  RequestCounter(AddressLimits limits) {
    this.limits = limits;
  }

  /** Empty when the request may pass; else when the next may. */
  Optional<Duration> count(HttpServletRequest request, Route.Cost cost) {
    return switch (cost) {
      case NOTHING -> Optional.empty();
      case REQUEST -> told(request, limits.countRequest(clientOf(request)));
      case REGISTRATION -> told(request, limits.countRegistration(clientOf(request)));
    };
  }

  /** The address that the request comes from, as far as it can be known. */
  String clientOf(HttpServletRequest request) {
    List<String> forwardedFor = Collections.list(request.getHeaders(FORWARDED_FOR));
    String peer = request.getRemoteAddr();
    return limits.clientOf(peer == null ? "" : peer, forwardedFor);
  }

  /** Says once what may be behind a limit that everybody meets. */
  private Optional<Duration> told(HttpServletRequest request, Optional<Duration> wait) {
    if (wait.isPresent() && !warned.getAndSet(true)) {
      String client = clientOf(request);
      boolean mayBeAProxy =
          client.equals(request.getRemoteAddr()) && request.getHeader(FORWARDED_FOR) != null;
      log.warn(
          "Too many requests from {}{}; further cases are not logged",
          client,
          mayBeAProxy ? ", which sends " + FORWARDED_FOR + "; if it is your proxy, trust it" : "");
    }
    return wait;
  }
}
