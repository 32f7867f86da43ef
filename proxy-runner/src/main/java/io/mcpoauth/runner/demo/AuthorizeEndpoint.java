package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpoauth.runner.demo.SignedTokens.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Shows the sign-in page, and turns the button that was pressed into a code or a refusal. */
final class AuthorizeEndpoint {
  private final URI issuer;
  private final DemoClient client;
  private final SignedTokens tokens;

  AuthorizeEndpoint(URI issuer, DemoClient client, SignedTokens tokens) {
    this.issuer = issuer;
    this.client = client;
    this.tokens = tokens;
  }

  void show(Request request, Response response, Callback callback) {
    AuthorizationRequest asked =
        new AuthorizationRequest(Request.extractQueryParameters(request), client);
    Optional<String> distrust = asked.distrust();
    if (distrust.isPresent()) {
      fail(response, callback, distrust.get());
      return;
    }
    Optional<OAuthRefusal> refusal = asked.refusal();
    if (refusal.isPresent()) {
      Map<String, Object> refused = refusal.get().body();
      sendBack(response, callback, asked.redirectUri(), asked.state(), refused);
      return;
    }
    String ticket = tokens.sign(Kind.TICKET, asked.claims());
    Answers.page(response, callback, HttpStatus.OK_200, SignInPage.choose(ticket));
  }

  void decide(Request request, Response response, Callback callback) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && !origin.equals("http://" + request.getHeaders().get(HttpHeader.HOST))) {
      fail(response, callback, "The form was sent by another site.");
      return;
    }
    Fields form = FormFields.getFields(request);
    Optional<TokenClaims> ticket = tokens.verify(Kind.TICKET, Parameters.text(form, "ticket"));
    if (ticket.isEmpty()) {
      fail(response, callback, "This sign-in has expired. Go back to the application.");
      return;
    }
    Optional<DemoUser> user = DemoUser.of(Parameters.text(form, "user"));
    String redirectUri = ticket.get().text("redirect_uri").orElseThrow();
    String state = ticket.get().text("state").orElse("");
    Map<String, Object> answer =
        user.isPresent()
            ? Map.of("code", code(ticket.get(), user.get()))
            : new OAuthRefusal("access_denied", "The sign-in was cancelled").body();
    sendBack(response, callback, redirectUri, state, answer);
  }

  private String code(TokenClaims ticket, DemoUser user) {
    Map<String, Object> claims = new LinkedHashMap<>(ticket.values());
    claims.put("sub", user.subject());
    claims.put("grant", tokens.newId());
    return tokens.sign(Kind.CODE, claims);
  }

  private void sendBack(
      Response response,
      Callback callback,
      String redirectUri,
      String state,
      Map<String, Object> answer) {
    Map<String, Object> parameters = new LinkedHashMap<>(answer);
    if (!state.isEmpty()) {
      parameters.put("state", state);
    }
    parameters.put("iss", issuer); // RFC 9207
    String query =
        parameters.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String separator = redirectUri.contains("?") ? "&" : "?";
    Answers.redirect(response, callback, redirectUri + separator + query);
  }

  private static void fail(Response response, Callback callback, String reason) {
    Answers.page(response, callback, HttpStatus.BAD_REQUEST_400, SignInPage.failure(reason));
  }

  private static String encode(Object value) {
    return URLEncoder.encode(value.toString(), UTF_8);
  }
}
