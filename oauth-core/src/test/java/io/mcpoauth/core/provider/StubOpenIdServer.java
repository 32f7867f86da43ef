package io.mcpoauth.core.provider;

import com.sun.net.httpserver.HttpExchange;
import io.mcpoauth.core.contract.ProviderUnderTest;
import io.mcpoauth.core.contract.StubCodes;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A sound OpenID Connect provider for any number of users, behind the generic provider. */
final class StubOpenIdServer implements ProviderUnderTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();
  private final StubCodes codes = new StubCodes();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final IdentityProvider provider;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  StubOpenIdServer() {
    provider =
        quirks.provider(quirks.settings().timeout(Duration.ofSeconds(2)).prefixedUserIds().build());
    quirks.metadata.remove("userinfo_endpoint");
    quirks.metadata.put("revocation_endpoint", quirks.issuer + "/revoke");
    quirks.server.on("/tenant/token", this::answer);
    quirks.server.on("/tenant/revoke", this::revoke);
  }

  @Override
  public IdentityProvider provider() {
    return provider;
  }

  @Override
  public Parameters approve(URI location, String user) {
    return codes.approve(location, user);
  }

  @Override
  public Parameters decline(URI location) {
    return codes.decline(location);
  }

  @Override
  public void goDown() {
    for (String path : List.of("/tenant/token", "/tenant/revoke")) {
      quirks.server.on(path, QuirkServer.reply(503, "text/plain", "down"));
    }
  }

  @Override
  public void hang() {
    quirks.server.on(
        "/tenant/token",
        exchange -> {
          try {
            closed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void endGrants() {
    ended = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    Parameters form = QuirkServer.formOf(exchange);
    if ("refresh_token".equals(form.get("grant_type"))) {
      String user = String.valueOf(form.get("refresh_token"));
      (ended || revoked.contains(user) ? refusal() : tokens(user, null)).write(exchange);
      return;
    }
    Optional<StubCodes.Issued> issued = codes.redeem(form.get("code"), form.get("code_verifier"));
    issued
        .map(known -> tokens(known.user(), known.nonce()))
        .orElseGet(StubOpenIdServer::refusal)
        .write(exchange);
  }

  /** RFC 7009 section 2.2: also for a token that it does not know. */
  private void revoke(HttpExchange exchange) throws IOException {
    String token = QuirkServer.formOf(exchange).get("token");
    if (token != null) {
      revoked.add(token);
    }
    QuirkServer.reply(200, "text/plain", "").write(exchange);
  }

  private QuirkServer.Answer tokens(String user, @Nullable String nonce) {
    return QuirkServer.reply(
        200,
        "application/json",
        "{\"access_token\":\"access-of-%1$s\",\"refresh_token\":\"%1$s\",\"id_token\":\"%2$s\"}"
            .formatted(user, quirks.signedFor(user, nonce)));
  }

  private static QuirkServer.Answer refusal() {
    return QuirkServer.reply(400, "application/json", "{\"error\":\"invalid_grant\"}");
  }

  @Override
  public void close() {
    closed.countDown();
    quirks.close();
  }
}
