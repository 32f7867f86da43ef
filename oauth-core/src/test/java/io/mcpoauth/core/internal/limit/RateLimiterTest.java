package io.mcpoauth.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.limit.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final RateLimiter limiter = new RateLimiter(RateLimit.perMinute(10), clock);

  private long passed(int requests) {
    return IntStream.range(0, requests).filter(i -> limiter.take("key").isEmpty()).count();
  }

  @Test
  void allOfThemMayComeAtOnceAndThenOneAtATime_DS04() {
    assertThat(passed(20)).isEqualTo(10);
    assertThat(limiter.take("key")).contains(SIX_SECONDS);

    clock.advance(SIX_SECONDS.minusNanos(1));
    assertThat(limiter.take("key")).contains(Duration.ofNanos(1));
    clock.advance(Duration.ofNanos(1));
    assertThat(passed(20)).isEqualTo(1);

    clock.advance(Duration.ofMinutes(1));
    assertThat(passed(20)).isEqualTo(10);
  }

  @Test
  void everyKeyHasItsOwn_DS05() {
    passed(20);
    assertThat(limiter.take("another")).isEmpty();
  }

  @Test
  void lookingCountsNothing() {
    assertThat(limiter.look("key")).isEmpty();
    passed(9);
    assertThat(limiter.look("key")).isEmpty();
    assertThat(limiter.look("key")).isEmpty();
    passed(1);
    assertThat(limiter.look("key")).contains(SIX_SECONDS);
  }

  @Test
  void clockThatIsSetBackLocksNobodyOut_DB14() {
    passed(20);
    clock.advance(Duration.ofHours(-1));
    assertThat(passed(20)).isEqualTo(10);
  }

  @Test
  void bucketsThatAreFullAgainAreForgotten_DS11() {
    IntStream.range(0, 1_000).forEach(limiter::take);
    assertThat(limiter.size()).isEqualTo(1_000);

    clock.advance(Duration.ofMinutes(1));
    limiter.take("key");
    assertThat(limiter.size()).isEqualTo(1);
  }

  @Test
  void withoutALimitEverythingPasses() {
    RateLimiter unlimited = new RateLimiter(RateLimit.none(), clock);
    assertThat(IntStream.range(0, 1_000).allMatch(i -> unlimited.take("key").isEmpty())).isTrue();
    assertThat(unlimited.look("key")).isEmpty();
    assertThat(RateLimit.none().times(8)).isEqualTo(RateLimit.none());
  }

  @Test
  void racersGetNoMoreThanThereIs_DS05() {
    AtomicInteger passed = new AtomicInteger();
    IntStream.range(0, 1_000)
        .parallel()
        .filter(i -> limiter.take("key").isEmpty())
        .forEach(i -> passed.incrementAndGet());
    assertThat(passed).hasValue(10);
  }

  @Test
  void limitsThatMeanNothingDoNotExist_CF06() {
    assertThatIllegalArgumentException().isThrownBy(() -> RateLimit.perMinute(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(1, Duration.ZERO));
  }
}
