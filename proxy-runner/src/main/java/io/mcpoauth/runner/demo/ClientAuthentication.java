package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Base64;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Client authentication with a secret, in the header or in the body (RFC 6749, section 2.3.1). */
final class ClientAuthentication {
  private static final String BASIC = "Basic ";

  private final DemoClient client;

  ClientAuthentication(DemoClient client) {
    this.client = client;
  }

  boolean accepts(Request request, Fields form) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return client.authenticates(
          Parameters.text(form, "client_id"), Parameters.text(form, "client_secret"));
    }
    return header.regionMatches(true, 0, BASIC, 0, BASIC.length())
        && acceptsBasic(header.substring(BASIC.length()).strip());
  }

  static void refuse(Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"token\"");
    OAuthRefusal refusal = new OAuthRefusal("invalid_client", "The client's secret is wrong");
    Answers.json(response, callback, HttpStatus.UNAUTHORIZED_401, refusal.body());
  }

  private boolean acceptsBasic(String credentials) {
    try {
      String decoded = new String(Base64.getDecoder().decode(credentials), UTF_8);
      int colon = decoded.indexOf(':');
      return colon >= 0
          && client.authenticates(
              URLDecoder.decode(decoded.substring(0, colon), UTF_8),
              URLDecoder.decode(decoded.substring(colon + 1), UTF_8));
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
