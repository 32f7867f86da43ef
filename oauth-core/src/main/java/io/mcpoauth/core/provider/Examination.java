package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.SignInRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries, without a user, whether a provider takes what this server sends it: it begins a sign-in
 * that nobody finishes, and redeems a code that was never issued.
 */
final class Examination {

  /** ID tokens are taken for a minute beyond their time; half of that is no accident. */
  private static final Duration NOTABLE_DIFFERENCE = Duration.ofSeconds(30);

  private static final Duration FATAL_DIFFERENCE = Duration.ofSeconds(60);

  private final GuardedHttp http;
  private final TokenEndpoint tokenEndpoint;
  private final InstantSource clock;

  Examination(GuardedHttp http, TokenEndpoint tokenEndpoint, InstantSource clock) {
    this.http = http;
    this.tokenEndpoint = tokenEndpoint;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param location where a browser would be sent to
   */
  List<Finding> of(URI location, SignInRequest request, TokenEndpoint.Provider provider) {
    List<Finding> findings = new ArrayList<>();
    Fetched<HttpReply> fetched = http.get(location, provider.deadline());
    if (fetched instanceof Fetched.Got<HttpReply> got) {
      findings.add(signInPage(got.value(), request.redirectUri()));
      Instant there = got.value().date();
      if (there != null) {
        findings.add(clocks(there));
      }
    } else {
      findings.add(
          Finding.broken(
              "the authorization endpoint does not answer: "
                  + ((Fetched.Missed<HttpReply>) fetched).cause(),
              "See that this machine may connect to it."));
    }
    findings.add(tokenEndpoint.tryCredentials(provider, request.redirectUri()));
    return findings;
  }

  /** Providers show a page or lead to one; an error about the client is never led back to us. */
  private static Finding signInPage(HttpReply reply, URI redirectUri) {
    String register = "Register exactly this redirect URI there: " + redirectUri;
    if (reply.isTrouble()) {
      return Finding.broken(
          "the authorization endpoint answered " + reply.status(), "The provider is out of order.");
    }
    if (reply.status() >= 400) {
      return Finding.broken(
          "the authorization endpoint refuses our client id or redirect URI (status "
              + reply.status()
              + ")",
          register);
    }
    String error = errorIn(reply.location(), redirectUri);
    return error == null
        ? Finding.sound("a sign-in begins, to come back to " + redirectUri)
        : Finding.broken(
            "the authorization endpoint answers with the error " + error,
            "See which scopes and response types our client may use there.");
  }

  private static @Nullable String errorIn(@Nullable String location, URI redirectUri) {
    if (location == null || !location.startsWith(redirectUri + "?")) {
      return null;
    }
    String query = location.substring(redirectUri.toString().length() + 1);
    ProviderError error =
        Parameters.parse(query)
            .map(parameters -> ProviderError.of(parameters.get("error")))
            .orElse(null);
    return error == null || error.isDenial() ? null : error.code();
  }

  private Finding clocks(Instant there) {
    Duration difference = Duration.between(there, clock.instant()).abs();
    String text = "the provider's clock and ours differ by " + difference.toSeconds() + " s";
    String advice = "Set the clock of this machine by NTP: ID tokens are refused beyond 60 s.";
    if (difference.compareTo(FATAL_DIFFERENCE) > 0) {
      return Finding.broken(text, advice);
    }
    return difference.compareTo(NOTABLE_DIFFERENCE) > 0
        ? Finding.doubtful(text, advice)
        : Finding.sound(text);
  }
}
