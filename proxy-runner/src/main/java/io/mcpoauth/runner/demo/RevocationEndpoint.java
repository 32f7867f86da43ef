package io.mcpoauth.runner.demo;

import io.mcpoauth.runner.demo.SignedTokens.Kind;
import java.time.InstantSource;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Revokes the grant behind a token (RFC 7009): all its tokens end together. */
final class RevocationEndpoint {
  private final DemoClient client;
  private final SignedTokens tokens;
  private final SpentIds spent;
  private final InstantSource clock;

  RevocationEndpoint(DemoClient client, SignedTokens tokens, SpentIds spent, InstantSource clock) {
    this.client = client;
    this.tokens = tokens;
    this.spent = spent;
    this.clock = clock;
  }

  void revoke(Request request, Response response, Callback callback) {
    Fields form = FormFields.getFields(request);
    if (!new ClientAuthentication(client).accepts(request, form)) {
      ClientAuthentication.refuse(response, callback);
      return;
    }
    String token = Parameters.text(form, "token");
    tokens
        .verify(Kind.REFRESH, token)
        .or(() -> tokens.verify(Kind.ACCESS, token))
        .flatMap(claims -> claims.text("grant"))
        .ifPresent(grant -> spent.spend(grant, clock.instant().plus(Kind.REFRESH.life())));
    // An unknown token is revoked already (RFC 7009, section 2.2).
    Answers.empty(response, callback, HttpStatus.OK_200);
  }
}
