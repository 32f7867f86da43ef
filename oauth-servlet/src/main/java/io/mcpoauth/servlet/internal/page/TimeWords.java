package io.mcpoauth.servlet.internal.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as people read them, in UTC: a page without script does not know their zone. */
final class TimeWords {

  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private TimeWords() {}

  static String html(Instant time) {
    return "<time datetime=\"%s\">%s</time>"
        .formatted(time.truncatedTo(ChronoUnit.SECONDS), WORDS.format(time));
  }
}
