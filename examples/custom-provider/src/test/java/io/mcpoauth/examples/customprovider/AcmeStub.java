package io.mcpoauth.examples.customprovider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpoauth.core.contract.ProviderUnderTest;
import io.mcpoauth.core.contract.StubCodes;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stand-in for Acme on loopback. */
final class AcmeStub implements ProviderUnderTest {

  private enum Mood {
    WELL,
    DOWN,
    HANGING
  }

  private final StubCodes codes = new StubCodes();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final IdentityProvider provider;
  private volatile Mood mood = Mood.WELL;
  private volatile boolean ended;

  AcmeStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    provider =
        new AcmeProvider.Factory()
            .create(
                Map.of(
                    "URL", Secret.of("http://127.0.0.1:" + server.getAddress().getPort()),
                    "APP_ID", Secret.of("proxy"),
                    "APP_SECRET", Secret.of("app secret")),
                InstantSource.system());
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
    mood = Mood.DOWN;
  }

  @Override
  public void hang() {
    mood = Mood.HANGING;
  }

  @Override
  public void endGrants() {
    ended = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (mood) {
        case DOWN -> send(exchange, 503, "");
        case HANGING -> awaitClose();
        case WELL -> answer(exchange, Parameters.parse(body).orElseThrow());
      }
    }
  }

  private void answer(HttpExchange exchange, Parameters form) throws IOException {
    String user =
        exchange.getRequestURI().getPath().equals("/sessions/renew")
            ? (ended ? null : form.get("renewal"))
            : codes
                .redeem(form.get("code"), form.get("verifier"))
                .map(StubCodes.Issued::user)
                .orElse(null);
    if (user == null || !"app secret".equals(form.get("secret"))) {
      send(exchange, 400, "");
      return;
    }
    send(
        exchange,
        200,
        """
        {"session": {"token": "token-of-%1$s", "renewal": "%1$s", "ttl": 900},
         "employee": {"number": %2$d, "mail": "%1$s@acme.example", "mail_confirmed": true}}
        """
            .formatted(user, user.hashCode() & 0xffffff));
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
