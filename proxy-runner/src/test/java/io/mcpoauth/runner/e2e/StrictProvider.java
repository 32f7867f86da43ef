package io.mcpoauth.runner.e2e;

import com.sun.net.httpserver.HttpExchange;
import io.mcpoauth.core.contract.StubCodes;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.provider.OpenIdQuirks;
import io.mcpoauth.core.provider.QuirkServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider without a sign-in page whose refresh tokens are good once. It can be
 * told to fail.
 */
final class StrictProvider implements AutoCloseable {

  private static final String TOKEN = "/tenant/token";
  private static final String REVOKE = "/tenant/revoke";

  private final OpenIdQuirks quirks = new OpenIdQuirks();
  private final StubCodes codes = new StubCodes();

  /** Users by the refresh tokens that are still good. Guarded by this, as is all that follows. */
  private final Map<String, String> refreshTokens = new HashMap<>();

  private int issued;
  private int refreshed;
  private int refused;
  private long life = 3600;
  private int outage;

  StrictProvider() {
    quirks.metadata.remove("userinfo_endpoint");
    quirks.metadata.put("revocation_endpoint", quirks.issuer + "/revoke");
    quirks.server.on(TOKEN, this::answer);
    quirks.server.on(REVOKE, QuirkServer.reply(200, "text/plain", ""));
  }

  String issuer() {
    return quirks.issuer;
  }

  /** How long access tokens live that are issued from now on. */
  synchronized void accessTokensLive(long seconds) {
    life = seconds;
  }

  /** Answers token requests with that status from now on; 0 ends the outage. */
  synchronized void fail(int status) {
    outage = status;
  }

  /** From now on no refresh token is good. */
  synchronized void endGrants() {
    refreshTokens.clear();
  }

  /** The number in the access token that was issued last. */
  synchronized int issued() {
    return issued;
  }

  synchronized int refreshed() {
    return refreshed;
  }

  /** How many requests came with a token or code that was not good. */
  synchronized int refused() {
    return refused;
  }

  /** The forms that came to the revocation endpoint. */
  List<Parameters> revocations() {
    return forms(REVOKE);
  }

  /** The forms that came to the token endpoint. */
  List<Parameters> tokenRequests() {
    return forms(TOKEN);
  }

  private List<Parameters> forms(String path) {
    return quirks.server.requestsTo(path).stream()
        .map(request -> Parameters.parse(request.body()).orElseThrow())
        .toList();
  }

  /** The query with which the browser comes back after that user approved. */
  String approve(URI location, String user) {
    Parameters brought = codes.approve(location, user);
    return "code=" + encoded(brought, "code") + "&state=" + encoded(brought, "state");
  }

  private static String encoded(Parameters parameters, String name) {
    return URLEncoder.encode(String.valueOf(parameters.get(name)), StandardCharsets.UTF_8);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    if (outage != 0) {
      QuirkServer.reply(outage, "text/html", "<h1>canary7391</h1>").write(exchange);
      return;
    }
    Parameters form = QuirkServer.formOf(exchange);
    Optional<QuirkServer.Answer> answer =
        "refresh_token".equals(form.get("grant_type"))
            ? Optional.ofNullable(refreshTokens.remove(form.get("refresh_token")))
                .map(this::refresh)
            : codes
                .redeem(form.get("code"), form.get("code_verifier"))
                .map(code -> tokens(code.user(), code.nonce()));
    refused += answer.isPresent() ? 0 : 1;
    answer
        .orElseGet(
            () -> QuirkServer.reply(400, "application/json", "{\"error\":\"invalid_grant\"}"))
        .write(exchange);
  }

  private QuirkServer.Answer refresh(String user) {
    refreshed++;
    return tokens(user, null);
  }

  private QuirkServer.Answer tokens(String user, @Nullable String nonce) {
    int number = ++issued;
    refreshTokens.put("refresh-" + number, user);
    long now = Instant.now().getEpochSecond();
    quirks.claims.put("iat", now);
    quirks.claims.put("exp", now + 300);
    Map<String, Object> body = new HashMap<>();
    body.put("access_token", "access-" + number);
    body.put("refresh_token", "refresh-" + number);
    body.put("expires_in", life);
    body.put("id_token", quirks.signedFor(user, nonce));
    return QuirkServer.reply(200, "application/json", JsonUtil.toJson(body));
  }

  @Override
  public void close() {
    quirks.close();
  }
}
