package io.mcpoauth.runner.jetty;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where health is told: below the issuer, and for probes that know no issuer, at the root. */
final class HealthPaths {

  private HealthPaths() {}

  /** The paths of those kinds of health; the kind "" is the whole of it. */
  static Set<String> of(String pathPrefix, String... kinds) {
    return Stream.of(kinds)
        .map("/health"::concat)
        .flatMap(path -> Stream.of(path, pathPrefix + path))
        .collect(Collectors.toUnmodifiableSet());
  }
}
