package io.mcpoauth.runner.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.spi.provider.Finding;
import java.net.URI;
import java.net.http.HttpRequest;

/**
 * Whether the outside world finds this proxy at its public URL: what BASE_URL and ROUTE_PREFIX say
 * must be what the reverse proxy in front does.
 */
final class PublicUrlCheck {

  /** RFC 8414 section 3. */
  private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

  private final WebProbe probe;

  PublicUrlCheck(WebProbe probe) {
    this.probe = probe;
  }

  Finding of(ServerSettings settings) {
    URI url = URI.create(settings.origin() + WELL_KNOWN + settings.pathPrefix());
    WebProbe.Outcome outcome = probe.whole(HttpRequest.newBuilder(url).build());
    if (outcome instanceof WebProbe.Outcome.Answered answered) {
      return ofAnswer(url, answered, settings.issuer());
    }
    WebProbe.Outcome.Failed failed = (WebProbe.Outcome.Failed) outcome;
    String text = url + " does not answer: " + failed.cause();
    return failed.isCertificate()
        ? Finding.broken(text, "Give the reverse proxy a certificate that clients trust.")
        : Finding.doubtful(
            text,
            "That is so while the proxy is not running. Otherwise see to DNS, firewall and reverse"
                + " proxy.");
  }

  private static Finding ofAnswer(URI url, WebProbe.Outcome.Answered answer, URI issuer) {
    if (answer.status() != 200) {
      return Finding.broken(
          url + " answers with status " + answer.status(),
          "Let the reverse proxy pass all paths on unchanged, /.well-known/ among them.");
    }
    return issuerIn(answer.body()).equals(issuer.toString())
        ? Finding.sound(url + " names the issuer " + issuer)
        : Finding.broken(
            url + " names another issuer than " + issuer,
            "Another server answers there, or this proxy runs with another BASE_URL or"
                + " ROUTE_PREFIX.");
  }

  private static String issuerIn(String document) {
    try {
      return new ObjectMapper().readTree(document).path("issuer").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
