package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.access.AccessWatch;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The places that one MCP server's requests may take at a time (SL-06), and of these one user's
 * (DS-13). Safe for many threads.
 */
final class Bulkhead {

  private final McpServer.Capacity capacity;
  private final AtomicInteger taken = new AtomicInteger();
  private final ConcurrentMap<String, Integer> takenByUser = new ConcurrentHashMap<>();

  Bulkhead(McpServer.Capacity capacity) {
    this.capacity = capacity;
  }

  /** Whether there was a place. */
  sealed interface Entry {}

  /** There was one. */
  record Entered(GateOutcome.Access access) implements Entry {}

  /** There is none for anybody. */
  record Full() implements Entry {}

  /** There is none for this user. */
  record UserFull() implements Entry {}

  /**
   * Takes a place for a request, if there is one.
   *
   * @param watch what the request's access is watched by
   */
  Entry enter(String userId, Function<Runnable, AccessWatch> watch) {
    if (takenByUser.merge(userId, 1, Integer::sum) > capacity.perUser()) {
      leave(userId);
      return new UserFull();
    }
    if (taken.incrementAndGet() > capacity.requests()) {
      taken.decrementAndGet();
      leave(userId);
      return new Full();
    }
    return new Entered(new Place(userId, watch));
  }

  private void leave(String userId) {
    takenByUser.computeIfPresent(userId, (user, count) -> count == 1 ? null : count - 1);
  }

  private final class Place implements GateOutcome.Access {

    private final String userId;
    private final Function<Runnable, AccessWatch> watch;
    private final AtomicBoolean left = new AtomicBoolean();

    Place(String userId, Function<Runnable, AccessWatch> watch) {
      this.userId = userId;
      this.watch = watch;
    }

    @Override
    public AccessWatch watch(Runnable onEnd) {
      return watch.apply(onEnd);
    }

    @Override
    public void leave() {
      if (left.compareAndSet(false, true)) {
        taken.decrementAndGet();
        Bulkhead.this.leave(userId);
      }
    }
  }
}
