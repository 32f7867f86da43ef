package io.mcpoauth.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;

/** A server that lets in one token and no client, whatever it is sent. */
public final class FuzzedServer {

  private final Flow flow = new Flow();
  private final String accessToken = flow.signIn().accessToken().expose();

  /** The one token that is good. */
  public String accessToken() {
    return accessToken;
  }

  /** Sends a token request with that {@code Authorization} header. */
  public void isRefusedWith(String authorization) {
    Query form = Flow.codeQuery("mcpc_x").without("client_id");
    assertThat(flow.server.token(new TokenRequest(form.parameters(), Secret.of(authorization))))
        .isInstanceOf(TokenOutcome.Refused.class);
  }

  /** Asks for the MCP server with that token. */
  public void isNoAccessToken(String token) {
    if (!token.strip().equals(accessToken)) {
      assertThat(flow.server.checkAccess(Secret.of("Bearer " + token), Flow.MCP))
          .isNotInstanceOf(AccessDecision.Granted.class);
    }
  }
}
