package io.mcpoauth.runner.config;

import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.servlet.limit.TrustedProxies;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is said of limits. */
final class LimitsReader {

  private static final Pattern RATE = Pattern.compile("([1-9][0-9]{0,6})/(second|minute|hour)");
  private static final int MOST = 1_000_000;

  private final CheckedValues checked;

  LimitsReader(CheckedValues checked) {
    this.checked = checked;
  }

  /** The limits; those that cannot work are among the problems then. */
  LimitsConfig read() {
    return new LimitsConfig(
        limit(Setting.RATE_LIMIT_PER_ADDRESS),
        limit(Setting.RATE_LIMIT_REGISTRATIONS),
        limit(Setting.RATE_LIMIT_PER_CLIENT),
        limit(Setting.RATE_LIMIT_PER_GRANT),
        limit(Setting.RATE_LIMIT_FORGED_TOKENS),
        proxies());
  }

  private RateLimit limit(Setting setting) {
    return checked.read(setting, LimitsReader::rate).orElse(RateLimit.none());
  }

  private TrustedProxies proxies() {
    Optional<TrustedProxies> proxies =
        checked.readIfGiven(
            Setting.TRUSTED_PROXIES, text -> TrustedProxies.of(SettingParsers.entries(text)));
    return proxies.orElse(TrustedProxies.none());
  }

  private static RateLimit rate(String text) {
    if (text.equals("off")) {
      return RateLimit.none();
    }
    Matcher rate = RATE.matcher(text);
    if (!rate.matches()) {
      throw new IllegalArgumentException("it must look like 600/minute, or be off");
    }
    int requests = Integer.parseInt(rate.group(1));
    if (requests > MOST) {
      throw new IllegalArgumentException("it must be at most " + MOST + " requests; or off");
    }
    ChronoUnit time =
        switch (rate.group(2)) {
          case "second" -> ChronoUnit.SECONDS;
          case "minute" -> ChronoUnit.MINUTES;
          default -> ChronoUnit.HOURS;
        };
    return new RateLimit(requests, time.getDuration());
  }
}
