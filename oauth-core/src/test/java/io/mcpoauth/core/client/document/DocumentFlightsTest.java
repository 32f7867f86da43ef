package io.mcpoauth.core.client.document;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.client.document.DocumentLoad.Busy;
import io.mcpoauth.core.client.document.DocumentLoad.Troubled;
import io.mcpoauth.core.client.document.DocumentLoad.Withdrawn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentFlightsTest {

  private static final DocumentLoad DONE = new Withdrawn();
  private static final FetchTimeouts PATIENT =
      new FetchTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(30));

  private final Queue<Thread> callerThreads = new ConcurrentLinkedQueue<>();
  private final ExecutorService callers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            callerThreads.add(thread);
            return thread;
          });
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final CountDownLatch hostsAnswer = new CountDownLatch(1);
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void stop() {
    hostsAnswer.countDown();
    callers.shutdownNow();
    executor.shutdownNow();
    scheduler.shutdownNow();
  }

  private DocumentFlights flights(
      FetchTimeouts timeouts, Function<ClientIdUrl, DocumentLoad> loader) {
    return new DocumentFlights(loader, timeouts, executor, scheduler, InstantSource.system());
  }

  private DocumentLoad loadWhenHostsAnswer(ClientIdUrl url) {
    loads.incrementAndGet();
    try {
      hostsAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DONE;
  }

  private static ClientIdUrl url(String host, int i) {
    return ClientIdUrl.parse("https://" + host + "/c" + i, DangerousTestAllowance.NOTHING)
        .orElseThrow();
  }

  private List<CompletableFuture<DocumentLoad>> join(
      DocumentFlights flights, int callerCount, Function<Integer, ClientIdUrl> url) {
    return IntStream.range(0, callerCount)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> flights.join(url.apply(i)), callers))
        .toList();
  }

  private static long answered(
      List<CompletableFuture<DocumentLoad>> answers, DocumentLoad expected) {
    return answers.stream().filter(a -> expected.equals(a.getNow(null))).count();
  }

  @Test
  void thousandCallersOfOneUrlShareOneRead_CM18() {
    DocumentFlights flights = flights(PATIENT, this::loadWhenHostsAnswer);
    List<CompletableFuture<DocumentLoad>> answers =
        join(flights, 1_000, i -> url("a.example.com", 1));
    await().until(() -> waitingCallers() == 1_000);
    hostsAnswer.countDown();

    await().untilAsserted(() -> assertThat(answered(answers, DONE)).isEqualTo(1_000));
    assertThat(loads.get()).isEqualTo(1);
  }

  private long waitingCallers() {
    return callerThreads.stream().filter(t -> t.getState() == Thread.State.WAITING).count();
  }

  @Test
  void thousandHostsAreReadThirtyTwoAtATime_CM18() {
    DocumentFlights flights = flights(PATIENT, this::loadWhenHostsAnswer);
    List<CompletableFuture<DocumentLoad>> answers =
        join(flights, 1_000, i -> url("h" + i + ".example.com", 1));
    await().untilAsserted(() -> assertThat(answered(answers, new Busy())).isEqualTo(968));
    hostsAnswer.countDown();

    await().untilAsserted(() -> assertThat(answered(answers, DONE)).isEqualTo(32));
    assertThat(loads.get()).isEqualTo(32);
  }

  @Test
  void oneHostIsReadFourAtATime_CM18() {
    DocumentFlights flights = flights(PATIENT, this::loadWhenHostsAnswer);
    List<CompletableFuture<DocumentLoad>> answers = join(flights, 10, i -> url("a.example.com", i));
    await().untilAsserted(() -> assertThat(answered(answers, new Busy())).isEqualTo(6));
    List<CompletableFuture<DocumentLoad>> others = join(flights, 1, i -> url("b.example.com", i));
    hostsAnswer.countDown();

    await().untilAsserted(() -> assertThat(answered(answers, DONE)).isEqualTo(4));
    await().untilAsserted(() -> assertThat(answered(others, DONE)).isEqualTo(1));
  }

  @Test
  void oneHostIsReadSoManyTimesInAMinute_CM19() {
    DocumentFlights flights =
        new DocumentFlights(
            url -> DONE, PATIENT, executor, scheduler, InstantSource.fixed(Instant.EPOCH));
    for (int i = 0; i < 300; i++) {
      assertThat(flights.join(url("a.example.com", i))).isEqualTo(DONE);
    }

    assertThat(flights.join(url("a.example.com", 300))).isEqualTo(new Busy());
    assertThat(flights.join(url("b.example.com", 0))).isEqualTo(DONE);
  }

  @Test
  void placeIsFreeAgainAfterTheAnswer() {
    DocumentFlights flights = flights(PATIENT, url -> DONE);
    for (int i = 0; i < 100; i++) {
      assertThat(flights.join(url("a.example.com", i))).isEqualTo(DONE);
    }
  }

  @Test
  void timeOfTheAnswerDoesNotTellWhyAHostWasNotReached_CM19() {
    Duration reaching = Duration.ofMillis(300);
    DocumentFlights flights =
        flights(new FetchTimeouts(reaching, Duration.ofSeconds(20)), url -> new Troubled(true));
    long start = System.nanoTime();

    assertThat(flights.join(url("a.example.com", 1))).isEqualTo(new Troubled(true));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(reaching);
  }

  @Test
  void lateReadIsAnsweredInTimeAndKeepsItsPlace_CM12() throws Exception {
    FetchTimeouts hasty = new FetchTimeouts(Duration.ofMillis(1), Duration.ofMillis(2));
    DocumentFlights flights = flights(hasty, this::loadWhenHostsAnswer);
    List<CompletableFuture<DocumentLoad>> answers = join(flights, 1, i -> url("a.example.com", 1));

    assertThat(answers.get(0).get(10, SECONDS)).isEqualTo(new Troubled(true));
    assertThat(flights.join(url("a.example.com", 1))).isEqualTo(new Troubled(true));
    assertThat(loads.get()).isEqualTo(1);
  }

  @Test
  void bugInAReadIsAnsweredAndFreesThePlace() {
    FetchTimeouts hasty = new FetchTimeouts(Duration.ofMillis(1), Duration.ofSeconds(20));
    DocumentFlights flights =
        flights(
            hasty,
            url -> {
              throw new IllegalStateException("a bug");
            });
    for (int i = 0; i <= DocumentFlights.MAX_FLIGHTS_PER_HOST; i++) {
      assertThat(flights.join(url("a.example.com", i))).isEqualTo(new Troubled(true));
    }
  }
}
