package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.account.AccountRequest;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.internal.parse.RequestHeaders;
import io.mcpoauth.servlet.internal.render.AccountAnswers;
import io.mcpoauth.servlet.message.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The user's own page: what is connected, and the buttons on it. */
record AccountEndpoints(AuthorizationServer server, BrowserEndpoints browser) {

  static final String PATH = "/account";
  static final String SIGN_IN = PATH + "/sign-in";
  static final String DISCONNECT = PATH + "/disconnect";
  static final String SIGN_OUT = PATH + "/sign-out";

  private static final List<String> FIELDS = List.of("form_token", "grant", "provider");

  /** {@code GET /account}. */
  Answer show(HttpServletRequest request) {
    return server.account(session(request)).match(answers(request));
  }

  /** {@code POST /account/sign-in}. */
  Answer signIn(HttpServletRequest request) throws IOException {
    return form(
        request,
        fields -> {
          String provider = fields.get("provider");
          return provider == null
              ? browser.malformed(request)
              : server.signIn(provider).match(browser.answers(request));
        });
  }

  /** {@code POST /account/disconnect}. */
  Answer disconnect(HttpServletRequest request) throws IOException {
    return form(
        request,
        fields -> {
          String grant = fields.get("grant");
          return grant == null
              ? browser.malformed(request)
              : server.disconnect(typed(request, fields), grant).match(answers(request));
        });
  }

  /** {@code POST /account/sign-out}. */
  Answer signOut(HttpServletRequest request) throws IOException {
    return form(request, fields -> server.signOut(typed(request, fields)).match(answers(request)));
  }

  private Answer form(HttpServletRequest request, Function<Parameters, Answer> answer)
      throws IOException {
    return browser.form(
        request,
        fields -> fields.isAnyRepeated(FIELDS) ? browser.malformed(request) : answer.apply(fields));
  }

  private AccountAnswers answers(HttpServletRequest request) {
    return new AccountAnswers(
        server.settings().endpoint(PATH), session(request) != null, browser.errors(request));
  }

  private static AccountRequest typed(HttpServletRequest request, Parameters fields) {
    String token = fields.get("form_token");
    return new AccountRequest(session(request), token == null ? null : Secret.of(token));
  }

  private static @Nullable Secret session(HttpServletRequest request) {
    return RequestHeaders.cookies(request).session();
  }
}
