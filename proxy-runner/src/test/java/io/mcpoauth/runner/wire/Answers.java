package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.protocol.Parameters;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The forms of answers that the attacks' outcomes are told in. */
final class Answers {

  private Answers() {}

  /** An error page of our own that leads nowhere. */
  static void isLocal(HttpResponse<String> response) {
    isLocal(400, response);
  }

  static void isLocal(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Location")).isEmpty();
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(response.body()).doesNotContainIgnoringCase("http-equiv").doesNotContain("href=");
  }

  /** A refusal of the token endpoint and its neighbours (RFC 6749 section 5.2). */
  static void isRefused(int status, String error, HttpResponse<String> response) {
    JsonNode body = Wire.json(response, status);
    assertThat(body.path("error").asText()).isEqualTo(error);
    assertThat(body.path("error_description").asText()).matches("[ !#-\\[\\]-~]+");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  static void isInvalidGrant(HttpResponse<String> response) {
    isRefused(400, "invalid_grant", response);
  }

  /** Trouble of ours that is told as such: 503, with a time, and nobody is blamed. */
  static void isBusy(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
    assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 5);
    assertThat(response.body()).isEqualTo("{\"error\":\"temporarily_unavailable\"}");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  /** The parameters that a redirect brings to that redirect URI, each of ours once. */
  static Parameters redirected(String redirectUri, URI issuer, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isIn(302, 303);
    return brought(redirectUri, issuer, response.headers().firstValue("Location").orElseThrow());
  }

  static Parameters brought(String redirectUri, URI issuer, String location) {
    String separator = redirectUri.contains("?") ? "&" : "?";
    assertThat(location).startsWith(redirectUri + separator).matches("[!-~]+");
    Parameters parameters = Parameters.parse(URI.create(location).getRawQuery()).orElseThrow();
    for (String name : new String[] {"code", "error", "error_description", "state", "iss"}) {
      assertThat(parameters.isRepeated(name)).as(name).isFalse();
    }
    assertThat(parameters.get("iss")).isEqualTo(issuer.toString());
    return parameters;
  }

  /** Both instances refuse the token, at once or within a second of the change feed. */
  static void isDead(TwoInstances proxy, String accessToken) {
    for (Instance instance : proxy.both()) {
      Wire wire = new Wire(instance);
      await()
          .atMost(Duration.ofSeconds(2))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> wire.mcp(accessToken).statusCode() == 401);
    }
  }
}
