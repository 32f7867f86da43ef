package io.mcpoauth.core.client.document;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.mcpoauth.core.client.document.DocumentLoad.Busy;
import io.mcpoauth.core.client.document.DocumentLoad.Troubled;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads that are under way: one for each URL however many ask, few for each host, and not many in
 * all (CM-18). A place is kept until the thread is done and the answer is out, so that slow hosts
 * cannot pile up threads.
 */
final class DocumentFlights {

  static final int MAX_FLIGHTS = 32;
  static final int MAX_FLIGHTS_PER_HOST = 4;

  private static final Logger log = LoggerFactory.getLogger(DocumentFlights.class);
  private static final int READS_PER_URL_AND_10_SECONDS = 5;
  private static final int READS_PER_HOST_AND_MINUTE = 300;

  /** After the whole time is over: for the look-up of names, which cannot be interrupted. */
  private static final long GRACE_MILLIS = 500;

  private final Function<ClientIdUrl, DocumentLoad> loader;
  private final FetchTimeouts timeouts;
  private final ExecutorService executor;
  private final ScheduledExecutorService scheduler;
  private final TargetRates urlRates;
  private final TargetRates hostRates;
  private final Map<ClientIdUrl, Flight> flights = new HashMap<>();

  DocumentFlights(
      Function<ClientIdUrl, DocumentLoad> loader,
      FetchTimeouts timeouts,
      ExecutorService executor,
      ScheduledExecutorService scheduler,
      InstantSource clock) {
    this.loader = loader;
    this.timeouts = timeouts;
    this.executor = executor;
    this.scheduler = scheduler;
    this.urlRates = new TargetRates(READS_PER_URL_AND_10_SECONDS, Duration.ofSeconds(10), clock);
    this.hostRates = new TargetRates(READS_PER_HOST_AND_MINUTE, Duration.ofMinutes(1), clock);
  }

  /** Reads the document, or waits for the read that is under way. */
  DocumentLoad join(ClientIdUrl url) {
    Flight flight;
    synchronized (flights) {
      flight = flights.get(url);
      if (flight == null) {
        if (!isAdmitted(url)) {
          return new Busy();
        }
        flight = new Flight(url);
        flights.put(url, flight);
        flight.depart();
      }
    }
    return flight.answer.join();
  }

  private boolean isAdmitted(ClientIdUrl url) {
    long ofHost =
        flights.keySet().stream().filter(other -> other.host().equals(url.host())).count();
    return flights.size() < MAX_FLIGHTS
        && ofHost < MAX_FLIGHTS_PER_HOST
        && urlRates.admit(url.value())
        && hostRates.admit(url.host());
  }

  /** One read. */
  private final class Flight {

    final CompletableFuture<DocumentLoad> answer = new CompletableFuture<>();
    private final ClientIdUrl url;
    private final ScheduledFuture<?> reaching;
    private final ScheduledFuture<?> whole;
    private boolean reachingIsOver;
    private @Nullable DocumentLoad heldBack;

    Flight(ClientIdUrl url) {
      this.url = url;
      this.reaching =
          scheduler.schedule(this::endReaching, timeouts.reaching().toMillis(), MILLISECONDS);
      this.whole =
          scheduler.schedule(
              this::answerForTheLate, timeouts.whole().toMillis() + GRACE_MILLIS, MILLISECONDS);
    }

    void depart() {
      executor.execute(this::fly);
    }

    private void fly() {
      DocumentLoad load = load();
      if (load instanceof Troubled troubled && troubled.tellsByTime() && holdBack(load)) {
        return;
      }
      land(load);
    }

    private DocumentLoad load() {
      try {
        return loader.apply(url);
      } catch (RuntimeException e) {
        log.error("Reading a client metadata document failed by a bug", e);
        return new Troubled(true);
      }
    }

    private synchronized boolean holdBack(DocumentLoad load) {
      heldBack = load;
      return !reachingIsOver;
    }

    private synchronized void endReaching() {
      reachingIsOver = true;
      if (heldBack != null) {
        land(heldBack);
      }
    }

    /** The place is kept: the thread still waits. */
    private void answerForTheLate() {
      answer.complete(new Troubled(true));
    }

    private void land(DocumentLoad load) {
      reaching.cancel(false);
      whole.cancel(false);
      synchronized (flights) {
        flights.remove(url, this);
      }
      answer.complete(load);
    }
  }
}
