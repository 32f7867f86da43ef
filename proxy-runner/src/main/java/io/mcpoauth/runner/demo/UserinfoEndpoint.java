package io.mcpoauth.runner.demo;

import io.mcpoauth.runner.demo.SignedTokens.Kind;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Says whom an access token stands for (OpenID Connect Core 1.0, section 5.3). */
final class UserinfoEndpoint {
  private static final String BEARER = "Bearer ";

  private final SignedTokens tokens;
  private final SpentIds spent;

  UserinfoEndpoint(SignedTokens tokens, SpentIds spent) {
    this.tokens = tokens;
    this.spent = spent;
  }

  void describe(Request request, Response response, Callback callback) {
    Optional<DemoUser> user = user(request.getHeaders().get(HttpHeader.AUTHORIZATION));
    if (user.isPresent()) {
      Answers.json(response, callback, HttpStatus.OK_200, user.get().claims());
      return;
    }
    response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    Answers.empty(response, callback, HttpStatus.UNAUTHORIZED_401);
  }

  private Optional<DemoUser> user(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .flatMap(header -> tokens.verify(Kind.ACCESS, header.substring(BEARER.length()).strip()))
        .filter(access -> !spent.contains(access.text("grant").orElseThrow()))
        .flatMap(access -> access.text("sub"))
        .flatMap(DemoUser::of);
  }
}
