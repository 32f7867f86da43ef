package io.mcpoauth.servlet.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.limit.RateLimit;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {

  private final AddressLimits limits =
      new AddressLimits(
          RateLimit.perMinute(10),
          RateLimit.perMinute(5),
          TrustedProxies.none(),
          new MutableClock(Instant.parse("2026-03-01T12:00:00Z")));

  private long requests(int count, IntFunction<String> address) {
    return IntStream.range(0, count)
        .filter(i -> limits.countRequest(address.apply(i)).isEmpty())
        .count();
  }

  private long registrations(int count, IntFunction<String> address) {
    return IntStream.range(0, count)
        .filter(i -> limits.countRegistration(address.apply(i)).isEmpty())
        .count();
  }

  @Test
  void addressesOfOneNetworkAreOneSource_DS03() {
    assertThat(requests(50, i -> "2001:db8:0:1::" + Integer.toHexString(i))).isEqualTo(10);
    assertThat(requests(50, i -> "2001:db8:0:1:ffff::" + i + "%eth0")).isZero();
    assertThat(requests(50, i -> "2001:db8:0:2::1")).isEqualTo(10);
  }

  @Test
  void manyNetworksOfOneSiteHaveALimitTogether_DS03() {
    assertThat(requests(1_000, i -> "2001:db8:1:" + Integer.toHexString(i) + "::1")).isEqualTo(80);
    assertThat(requests(1_000, i -> "203.0.113." + i % 256)).isEqualTo(80);
    assertThat(requests(50, i -> "198.51.100.1")).isEqualTo(10);
  }

  @Test
  void mappedAddressIsTheAddress_DS03() {
    assertThat(requests(10, i -> "203.0.113.1")).isEqualTo(10);
    assertThat(requests(10, i -> "::ffff:203.0.113.1")).isZero();
    assertThat(requests(10, i -> "::ffff:cb00:7101")).isZero();
  }

  @Test
  void registrationsHaveLimitsOfTheirOwn_RG22() {
    assertThat(registrations(20, i -> "203.0.113.1")).isEqualTo(5);
    assertThat(registrations(500, i -> "198.51.100." + i % 256)).isEqualTo(40);
    assertThat(registrations(2_000, i -> "10." + i % 256 + "." + i / 256 + ".1")).isEqualTo(155);
  }

  @Test
  void failuresStopTheSourceAndNotTheClient_CA09() {
    IntStream.range(0, 60).forEach(i -> limits.countFailure("203.0.113.1", "client"));

    assertThat(limits.tooManyFailures("203.0.113.1", "client")).isPresent();
    assertThat(limits.tooManyFailures("203.0.113.2", "client")).isEmpty();
    assertThat(limits.tooManyFailures("203.0.113.1", "other")).isEmpty();
  }

  @Test
  void idsThatStrangersMakeUpAreNotKept_DS11() {
    AddressLimits standard = AddressLimits.standard();
    List<WeakReference<String>> ids =
        IntStream.range(0, 100)
            .mapToObj(i -> new WeakReference<>("x".repeat(60_000) + i))
            .peek(id -> standard.countFailure("203.0.113.1", Objects.toString(id.get())))
            .toList();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(ids).allMatch(id -> id.refersTo(null));
            });
    assertThat(standard.tooManyFailures("203.0.113.1", "client")).isEmpty();
  }

  @Test
  void peerWithoutAnAddressIsASourceToo() {
    assertThat(requests(20, i -> "")).isEqualTo(10);
    assertThat(AddressLimits.standard().countRequest("203.0.113.1")).isEqualTo(Optional.empty());
  }
}
