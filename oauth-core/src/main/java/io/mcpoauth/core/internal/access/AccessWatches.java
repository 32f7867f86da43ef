package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessWatch;
import io.mcpoauth.core.spi.storage.ChangeFeed.Change;
import io.mcpoauth.core.spi.storage.StorageException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of the end of what was granted, whatever instance it was ended on: streams that were opened
 * with it must not outlive it for long (RV-09). Takes as much memory as there are watches.
 */
public final class AccessWatches {

  private static final Logger log = LoggerFactory.getLogger(AccessWatches.class);

  private final GrantDirectory directory;
  private final Executor executor;
  private final ConcurrentMap<Watched, Set<Watch>> watches = new ConcurrentHashMap<>();

  /**
   * Watches what that directory knows.
   *
   * @param executor runs look-ups in storage, which block
   */
  public AccessWatches(GrantDirectory directory, Executor executor) {
    this.directory = directory;
    this.executor = executor;
    directory.listen(this::changed);
  }

  /**
   * Calls back once when the grant or the token has ended, at once if it has by now. Of the end of
   * what somebody else granted nothing is told.
   *
   * @param onEnd returns soon; called on any thread
   */
  public AccessWatch watch(Granted granted, Runnable onEnd) {
    if (granted.grantId().isEmpty()) {
      return () -> {};
    }
    Watch watch =
        new Watch(
            List.of(
                new Watched(Kind.GRANT, granted.grantId()),
                new Watched(Kind.ACCESS_TOKEN, granted.tokenId())),
            onEnd);
    watch.begin();
    if (directory.isRevoked(granted.tokenId())) {
      watch.end();
    } else if (!directory.knows(granted.grantId())) {
      // Its change was told between the decision and the watch.
      look(granted.grantId());
    }
    return watch;
  }

  private void changed(Change change) {
    if (change instanceof Change.GrantChanged changed) {
      if (watches.containsKey(new Watched(Kind.GRANT, changed.grantId()))) {
        look(changed.grantId());
      }
    } else if (change instanceof Change.AccessTokenRevoked revoked) {
      endAll(new Watched(Kind.ACCESS_TOKEN, revoked.tokenId()));
    }
  }

  /** A grant changes, too, when its profile is replaced, so its state has to be read. */
  private void look(String grantId) {
    try {
      executor.execute(
          () -> {
            try {
              if (directory.find(grantId).isEmpty()) {
                endAll(new Watched(Kind.GRANT, grantId));
              }
            } catch (StorageException e) {
              log.debug("A grant with open streams cannot be read", e);
            }
          });
    } catch (RejectedExecutionException e) {
      // As with an outage of storage, nothing is lost: the feed tells of each change many times.
      log.debug("Too much to do to look at a grant with open streams");
    }
  }

  private void endAll(Watched watched) {
    List.copyOf(watches.getOrDefault(watched, Set.of())).forEach(Watch::end);
  }

  private enum Kind {
    GRANT,
    ACCESS_TOKEN
  }

  private record Watched(Kind kind, String id) {}

  private final class Watch implements AccessWatch {

    private final List<Watched> ends;
    private final Runnable onEnd;
    private final AtomicBoolean over = new AtomicBoolean();

    Watch(List<Watched> ends, Runnable onEnd) {
      this.ends = ends;
      this.onEnd = onEnd;
    }

    void begin() {
      for (Watched watched : ends) {
        watches.compute(
            watched,
            (key, known) -> {
              Set<Watch> all = known == null ? ConcurrentHashMap.newKeySet(1) : known;
              all.add(this);
              return all;
            });
      }
    }

    void end() {
      if (leave()) {
        onEnd.run();
      }
    }

    @Override
    public void close() {
      leave();
    }

    private boolean leave() {
      if (!over.compareAndSet(false, true)) {
        return false;
      }
      for (Watched watched : ends) {
        watches.computeIfPresent(
            watched,
            (key, all) -> {
              all.remove(this);
              return all.isEmpty() ? null : all;
            });
      }
      return true;
    }
  }
}
