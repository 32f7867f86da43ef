package io.mcpoauth.servlet.flow;

import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/** An OpenID Connect provider with a sign-in page that is not ours, for one user. */
public final class SignInProvider implements AutoCloseable {

  private static final String CLAIMS =
      """
      {"name": "Zoë Quinn", "email": "zoe@example.com", "email_verified": true}\
      """;

  private final MockOAuth2Server server;

  private SignInProvider(MockOAuth2Server server) {
    this.server = server;
  }

  /** Starts it on a free port. It takes any client id and secret. */
  public static SignInProvider start() {
    MockOAuth2Server server =
        new MockOAuth2Server(
            OAuth2Config.Companion.fromJson(
                "{\"interactiveLogin\": true, \"rotateRefreshToken\": true}"));
    try {
      server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SignInProvider(server);
  }

  /** What to discover it by. */
  public URI issuer() {
    return URI.create("http://127.0.0.1:" + server.baseUrl().port() + "/default");
  }

  /** Its name in the tokens that it gives to others than us. */
  public URI accessTokenIssuer() {
    return server.issuerUrl("default").uri();
  }

  /** An access token of its own, which it gave to somebody else than us. */
  public String accessToken(String subject, String audience) {
    return server.issueToken("default", subject, audience, Map.of("scope", "email")).serialize();
  }

  /** Signs the user {@code zoe-1} in on the provider's page. */
  public static Hop signIn(ScriptedBrowser browser, Hop signInPage) {
    return browser.press(signInPage, "Sign-in", Map.of("username", "zoe-1", "claims", CLAIMS));
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
