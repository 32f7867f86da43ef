package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.access.AccessWatch;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The places that one MCP server's requests may take at a time (SL-06). Safe for many threads. */
final class Bulkhead {

  private final int places;
  private final AtomicInteger taken = new AtomicInteger();

  Bulkhead(int places) {
    this.places = places;
  }

  /**
   * A place for a request, if there is one.
   *
   * @param watch what the request's access is watched by
   */
  Optional<GateOutcome.Access> enter(Function<Runnable, AccessWatch> watch) {
    if (taken.incrementAndGet() > places) {
      taken.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new Place(watch));
  }

  private final class Place implements GateOutcome.Access {

    private final Function<Runnable, AccessWatch> watch;
    private final AtomicBoolean left = new AtomicBoolean();

    Place(Function<Runnable, AccessWatch> watch) {
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
      }
    }
  }
}
