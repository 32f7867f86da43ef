package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application and its user without HTTP between them and the servers, for races: what HTTP adds
 * would only keep the racers apart.
 */
record DirectApp(TwoInstances proxy, App app) {

  AuthorizationServer server(int racer) {
    return proxy.both().get(racer % 2).server();
  }

  ConsentPage consent() {
    return as(
            AskConsent.class,
            server(0).authorize(new AuthorizeRequest(app.request().parameters(), null)))
        .page();
  }

  AuthorizeOutcome decide(int racer, ConsentPage page, @Nullable String providerId) {
    return server(racer)
        .decide(new ConsentSubmission(page.ticket(), providerId, page.browserSecret()));
  }

  ToProvider approve() {
    return as(ToProvider.class, decide(0, consent(), "idp"));
  }

  AuthorizeOutcome comeBack(int racer, ToProvider login) {
    Query query = Query.of("code", "upstream", "state", login.location().getQuery().substring(6));
    return server(racer)
        .callback(
            new CallbackRequest(
                query.parameters(), Map.of(login.loginId(), login.browserSecret())));
  }

  String code() {
    return App.codeIn(URI.create(as(ToClient.class, comeBack(1, approve())).location().expose()));
  }

  TokenOutcome exchange(int racer, String code) {
    return token(racer, app.exchange(code));
  }

  TokenOutcome refresh(int racer, String refreshToken) {
    return token(racer, app.refreshing(refreshToken));
  }

  TokenOutcome token(int racer, Query form) {
    return server(racer).token(new TokenRequest(form.parameters(), null));
  }

  /** The refresh token of a new grant. */
  String refreshToken() {
    return refreshTokenOf(as(Issued.class, exchange(0, code())));
  }

  static String refreshTokenOf(Issued issued) {
    Secret token = issued.refreshToken();
    return token == null ? "" : token.expose();
  }

  static <T> T as(Class<T> type, Object outcome) {
    assertThat(outcome).isInstanceOf(type);
    return type.cast(outcome);
  }
}
