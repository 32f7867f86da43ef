package io.mcpoauth.core.client.document;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a response may be kept, as a shared cache reads it (RFC 9111 sections 4.2 and 5.2.2),
 * within bounds: even {@code no-store} is kept for a minute, so that nobody can make us ask a host
 * without end (CM-19), and no document outlives a day.
 */
final class CacheLifetime {

  static final Duration MINIMUM = Duration.ofSeconds(60);
  static final Duration MAXIMUM = Duration.ofHours(24);

  /** Where the host says nothing. */
  static final Duration UNSTATED = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("\"?([0-9]{1,9})[0-9]*\"?");

  private CacheLifetime() {}

  /**
   * The lifetime that the header fields state.
   *
   * @param headers field values by name in lower case
   * @param clock stands in for a missing {@code Date}
   */
  static Duration of(Map<String, String> headers, InstantSource clock) {
    Map<String, String> directives = directives(headers.getOrDefault("cache-control", ""));
    if (directives.containsKey("no-store")
        || directives.containsKey("no-cache")
        || directives.containsKey("private")) {
      return MINIMUM;
    }
    String maxAge = directives.getOrDefault("s-maxage", directives.get("max-age"));
    if (maxAge != null) {
      return clamp(seconds(maxAge).minus(seconds(headers.getOrDefault("age", "0"))));
    }
    String expires = headers.get("expires");
    return expires == null ? UNSTATED : clamp(untilExpiry(expires, headers.get("date"), clock));
  }

  private static Map<String, String> directives(String cacheControl) {
    Map<String, String> directives = new HashMap<>();
    for (String directive : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
      int equals = directive.indexOf('=');
      String name = equals < 0 ? directive : directive.substring(0, equals);
      directives.putIfAbsent(
          name.strip(), equals < 0 ? "" : directive.substring(equals + 1).strip());
    }
    return directives;
  }

  /** RFC 9111 section 5.2: what cannot be read means stale. */
  private static Duration seconds(String text) {
    var matcher = SECONDS.matcher(text.strip());
    return matcher.matches() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : Duration.ZERO;
  }

  private static Duration untilExpiry(String expires, @Nullable String date, InstantSource clock) {
    Instant from =
        Optional.ofNullable(date).flatMap(CacheLifetime::instant).orElse(clock.instant());
    return instant(expires).map(until -> Duration.between(from, until)).orElse(Duration.ZERO);
  }

  private static Optional<Instant> instant(String httpDate) {
    try {
      return Optional.of(
          Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate.strip())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration clamp(Duration stated) {
    if (stated.compareTo(MINIMUM) < 0) {
      return MINIMUM;
    }
    return stated.compareTo(MAXIMUM) > 0 ? MAXIMUM : stated;
  }
}
