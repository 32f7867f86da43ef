package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens that look like ours, in numbers. */
class ForgedTokenTest extends WireTest {

  private static final int FORGERS = 4;
  private static final int FORGED = 50;
  private static final int LIMIT = 20;

  private final App app = App.register(proxy);

  ForgedTokenTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void floodOfForgedTokensConcernsItsSourceAlone_DS08() {
    String known = app.tokens().access();
    String unknown = app.tokens().access();
    try (Instance instance =
        proxy.another(
            Setup.standard()
                .built(builder -> builder.forgedTokenLimit(RateLimit.perMinute(LIMIT))))) {
      assertThat(new Wire(instance).judged(known).statusCode()).isEqualTo(200);
      Set<Integer> seen = ConcurrentHashMap.newKeySet();
      List<CompletableFuture<Long>> flood =
          IntStream.range(0, FORGERS)
              .mapToObj(
                  i -> CompletableFuture.supplyAsync(() -> forge(new Wire(instance), known, seen)))
              .toList();

      for (int i = 0; i < FORGED; i++) {
        assertThat(new Wire(instance).mcp(known).statusCode()).isEqualTo(200);
      }
      // Those that are looked at when the limit is reached are still judged.
      assertThat(flood.stream().mapToLong(CompletableFuture::join).sum())
          .isBetween((long) LIMIT, (long) LIMIT + FORGERS);
      assertThat(seen).containsExactlyInAnyOrder(401, 429);
      HttpResponse<String> unseen = new Wire(instance).mcp(unknown);
      assertThat(unseen.statusCode()).isEqualTo(429);
      assertThat(unseen.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
      assertThat(unseen.headers().firstValue("WWW-Authenticate")).isEmpty();
    }
  }

  /** One that takes as long to verify as a good one. */
  private static String signature(int seed) {
    byte[] bytes = new byte[64];
    new Random(seed).nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** How many were looked at. */
  private static long forge(Wire wire, String known, Set<Integer> seen) {
    String head = known.substring(0, known.length() - 86);
    return IntStream.range(0, FORGED)
        .map(i -> wire.mcp(head + signature(i)).statusCode())
        .peek(seen::add)
        .filter(status -> status == 401)
        .count();
  }
}
