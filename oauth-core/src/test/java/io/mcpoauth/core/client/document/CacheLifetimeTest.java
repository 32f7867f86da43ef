package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheLifetimeTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  private static Duration lifetime(Map<String, String> headers) {
    return CacheLifetime.of(headers, CLOCK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=600 | 600",
        "public, MAX-AGE=\"600\" | 600",
        "max-age=600, s-maxage=900 | 900",
        "max-age=600, max-age=900 | 600",
        "max-age=0 | 60",
        "max-age=59 | 60",
        "max-age=86401 | 86400",
        "max-age=99999999999999999999999 | 86400",
        "max-age=-1 | 60",
        "max-age=x | 60",
        "max-age | 60",
        "no-store | 60",
        "max-age=600, no-store | 60",
        "no-cache, max-age=600 | 60",
        "private, max-age=600 | 60",
        "must-revalidate | 300",
        "'' | 300"
      })
  void cacheControlSaysHowLong_CM17(String cacheControl, int seconds) {
    assertThat(lifetime(Map.of("cache-control", cacheControl)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 01 Mar 2026 12:10:00 GMT | | 600",
        "Sun, 01 Mar 2026 12:10:00 GMT | Sun, 01 Mar 2026 12:05:00 GMT | 300",
        "Sun, 01 Mar 2026 11:00:00 GMT | | 60",
        "Wed, 01 Mar 2034 12:00:00 GMT | | 86400",
        "Sun, 01 Mar 2026 12:10:00 GMT | soon | 600",
        "0 | | 60"
      })
  void expiresSaysHowLong_CM17(String expires, String date, int seconds) {
    Map<String, String> headers =
        date == null ? Map.of("expires", expires) : Map.of("expires", expires, "date", date);

    assertThat(lifetime(headers)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"100, 500", "590, 60", "x, 600"})
  void ageIsSubtracted_CM17(String age, int seconds) {
    assertThat(lifetime(Map.of("cache-control", "max-age=600", "age", age)))
        .isEqualTo(Duration.ofSeconds(seconds));
  }
}
