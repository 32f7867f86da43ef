package io.mcpoauth.runner.demo;

import io.mcpoauth.core.secret.SecretSource;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An OpenID provider for trying things out: it lets anybody in as one of two invented people,
 * without a password, and so listens on loopback only. Its tokens are valid across restarts as long
 * as the key file stays; its revocations and used codes are forgotten.
 */
public final class DemoSignInProvider implements AutoCloseable {
  private final LoopbackServer server;

  private DemoSignInProvider(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Starts the provider.
   *
   * @param address a loopback address; port 0 takes a free one, and gives the issuer another name
   *     at each start
   * @param keyFile holds the signing key; made with mode 0600 when missing, in a folder that exists
   * @throws IllegalArgumentException when the address is not loopback
   * @throws IllegalStateException when the port is taken or the key file is damaged
   */
  public static DemoSignInProvider start(
      InetSocketAddress address,
      DemoClient client,
      Path keyFile,
      InstantSource clock,
      SecretSource secrets) {
    return new DemoSignInProvider(
        LoopbackServer.start(
            address,
            "demo-sign-in",
            issuer ->
                new Endpoints(issuer, client, SigningKey.loadOrCreate(keyFile), clock, secrets)));
  }

  /** The issuer identifier, for example {@code http://127.0.0.1:9000}. */
  public URI issuer() {
    return server.base();
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class Endpoints extends Handler.Abstract {
    private final URI issuer;
    private final SigningKey key;
    private final AuthorizeEndpoint authorize;
    private final TokenEndpoint token;
    private final UserinfoEndpoint userinfo;
    private final RevocationEndpoint revocation;

    Endpoints(
        URI issuer, DemoClient client, SigningKey key, InstantSource clock, SecretSource secrets) {
      this.issuer = issuer;
      this.key = key;
      SignedTokens tokens = new SignedTokens(key, clock, secrets);
      SpentIds spent = new SpentIds(clock);
      this.authorize = new AuthorizeEndpoint(issuer, client, tokens);
      this.token = new TokenEndpoint(issuer, client, tokens, spent);
      this.userinfo = new UserinfoEndpoint(tokens, spent);
      this.revocation = new RevocationEndpoint(client, tokens, spent, clock);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      switch (request.getMethod() + " " + Request.getPathInContext(request)) {
        case "GET /.well-known/openid-configuration" ->
            Answers.json(response, callback, HttpStatus.OK_200, DemoMetadata.of(issuer));
        case "GET /jwks" -> Answers.json(response, callback, HttpStatus.OK_200, key.jwks());
        case "GET /authorize" -> authorize.show(request, response, callback);
        case "POST /authorize" -> authorize.decide(request, response, callback);
        case "GET /style.css" ->
            Answers.text(
                response, callback, HttpStatus.OK_200, "text/css;charset=utf-8", SignInPage.STYLE);
        case "POST /token" -> token.exchange(request, response, callback);
        case "GET /userinfo", "POST /userinfo" -> userinfo.describe(request, response, callback);
        case "POST /revoke" -> revocation.revoke(request, response, callback);
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
