package io.mcpoauth.benchmarks.load;

import io.mcpoauth.benchmarks.load.HttpConnection.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests that are due at fixed times, however long others take. A latency counts from the time at
 * which its request was due: a server that stalls cannot hide that by being asked less (coordinated
 * omission).
 */
public final class FixedRate {

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private final int port;
  private final List<byte[]> requests;
  private final int connections;

  /** Requests on that many connections to a port, with one token after the other. */
  public FixedRate(int port, List<String> tokens, int connections) {
    this.port = port;
    this.requests = tokens.stream().map(token -> request(port, token)).toList();
    this.connections = connections;
  }

  /**
   * Sends requests for that long.
   *
   * @param perSecond for all connections together
   */
  public Latencies run(int perSecond, int millis) {
    Latencies latencies = new Latencies();
    ExecutorService executor = Executors.newFixedThreadPool(connections);
    long start = System.nanoTime() + NANOS_PER_SECOND / 10;
    try {
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        Schedule schedule =
            new Schedule(
                start + (long) i * NANOS_PER_SECOND / perSecond,
                (long) connections * NANOS_PER_SECOND / perSecond,
                start + millis * 1_000_000L);
        int first = i;
        clients.add(executor.submit(() -> send(first, schedule, latencies)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      return latencies;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      executor.shutdownNow();
    }
  }

  /** When one connection sends. */
  private record Schedule(long first, long period, long end) {}

  private void send(int first, Schedule schedule, Latencies latencies) {
    try (HttpConnection connection = new HttpConnection(port)) {
      int next = first;
      for (long due = schedule.first(); due < schedule.end(); due += schedule.period()) {
        await(due);
        Response response = connection.exchange(requests.get(next % requests.size()));
        latencies.add(System.nanoTime() - due);
        if (response.status() != 200) {
          throw new IllegalStateException("HTTP " + response.status());
        }
        next += connections;
      }
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static byte[] request(int port, String token) {
    return """
    GET /mcp HTTP/1.1\r
    Host: 127.0.0.1:%d\r
    Accept: application/json, text/event-stream\r
    Authorization: Bearer %s\r
    MCP-Protocol-Version: 2025-11-25\r
    User-Agent: benchmark/1.0\r
    \r
    """
        .formatted(port, token)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
