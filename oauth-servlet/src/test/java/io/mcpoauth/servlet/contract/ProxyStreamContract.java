package io.mcpoauth.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How every proxy engine passes on streams and bodies. */
public abstract class ProxyStreamContract extends ProxyEngineRig {

  private static final int EIGHT_MEGABYTES = 8 * 1024 * 1024;

  @Test
  void eventsArriveOneByOneAndTheHeadBeforeThem_RS23() throws Exception {
    try (RawClient client = new RawClient(port())) {
      RawUpstream.Call call = openStream(client);
      call.chunk("data: one\n\n");
      client.readUntil("data: one\n\n");
      call.chunk("data: two\n\n");
      client.readUntil("data: two\n\n");
      call.send("0\r\n\r\n");
      call.close();
      client.readUntil("0\r\n\r\n");
    }
  }

  @Test
  void disconnectOfTheClientOnASilentStreamReachesTheServerWithinASecond_RS23() throws Exception {
    RawUpstream.Call call;
    try (RawClient client = new RawClient(port())) {
      call = openStream(client);
      call.chunk("data: one\n\n");
      client.readUntil("data: one\n\n");
    }
    long start = System.nanoTime();
    call.awaitClosed(5_000);
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
  }

  @Test
  void connectionOfTheClientServesTheNextRequestAfterALongOne_RS28() throws Exception {
    try (RawClient client = new RawClient(port())) {
      for (int i = 0; i < 3; i++) {
        RawUpstream.Call call = openStream(client);
        assertThat(call.isSilentFor(400)).isTrue();
        call.chunk("data: " + i + "\n\n");
        client.readUntil("data: " + i + "\n\n");
        call.send("0\r\n\r\n");
        call.close();
        client.readUntil("0\r\n\r\n");
      }
    }
  }

  @Test
  void silentServerIsWaitedFor_RS23() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(authorized("/mcp").POST(BodyPublishers.ofString("{}")));
    RawUpstream.Call call = upstream.next();
    call.body();
    assertThat(call.isSilentFor(3_000)).isTrue();
    call.answer("200 OK", "", "late".getBytes(StandardCharsets.UTF_8));

    assertThat(get(answer).body()).isEqualTo("late");
  }

  @Test
  void fastServerWaitsForASlowClient_RS24() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (RawClient client = new RawClient(port())) {
      RawUpstream.Call call = openStream(client);
      CompletableFuture<?> flood =
          CompletableFuture.runAsync(() -> call.flood("data: x\n\n".repeat(1_000), sent));
      await()
          .during(Duration.ofMillis(600))
          .atMost(Duration.ofSeconds(20))
          .until(sent::get, unchanged());
      assertThat(flood).isNotDone();
      assertThat(sent.get()).isLessThan(64L * 1024 * 1024);
    }
  }

  private static Predicate<Long> unchanged() {
    AtomicLong last = new AtomicLong(-1);
    return now -> last.getAndSet(now) == now;
  }

  @Test
  void largeBodiesPassBothWays() throws Exception {
    byte[] body = new byte[EIGHT_MEGABYTES];
    new Random(7).nextBytes(body);
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            authorized("/mcp").POST(BodyPublishers.ofByteArray(body)).build(),
            BodyHandlers.ofByteArray());
    RawUpstream.Call call = upstream.next();
    assertThat(call.body()).isEqualTo(body);
    call.answer("200 OK", "Content-Type: application/octet-stream\r\n", body);

    assertThat(get(answer).body()).isEqualTo(body);
  }

  @Test
  void bodyOfUnknownLengthPassesInChunks() throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        sendAsync(
            authorized("/mcp")
                .POST(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArrays(
                            List.of(
                                "ab".getBytes(StandardCharsets.UTF_8),
                                "cd".getBytes(StandardCharsets.UTF_8))))));
    RawUpstream.Call call = upstream.next();
    assertThat(new String(call.body(), StandardCharsets.UTF_8)).isEqualTo("abcd");
    call.answer("204 No Content", "", new byte[0]);

    assertThat(get(answer).statusCode()).isEqualTo(204);
  }

  @Test
  void streamEndsWhenItsGrantIsRevokedOnAnotherInstance_RV09() throws Exception {
    Granted granted = granted();

    assertThatStreamEndsAfter(
        () -> storage.grants().revoke(granted.grantId(), RevocationReason.CLIENT_REQUEST));
  }

  @Test
  void streamEndsWhenItsTokenIsRevokedOnAnotherInstance_RV09() throws Exception {
    Granted granted = granted();

    assertThatStreamEndsAfter(
        () ->
            storage.grants().revokeAccessToken(granted.tokenId(), granted.grantId(), Instant.MAX));
  }

  private void assertThatStreamEndsAfter(Runnable revocation) throws Exception {
    try (RawClient client = new RawClient(port())) {
      RawUpstream.Call call = openStream(client);
      call.chunk("data: 1\n\n");
      client.readUntil("data: 1\n\n");
      long start = System.nanoTime();
      revocation.run();
      client.readUntil("0\r\n\r\n");
      call.awaitClosed(5_000);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
  }

  final RawUpstream.Call openStream(RawClient client) throws Exception {
    client.send("GET /mcp HTTP/1.1\r\nHost: localhost:" + port() + "\r\nAccept: text/event-stream");
    client.send("\r\nAuthorization: Bearer " + token() + "\r\n\r\n");
    RawUpstream.Call call = upstream.next();
    call.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
    call.send("Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
    return call;
  }
}
