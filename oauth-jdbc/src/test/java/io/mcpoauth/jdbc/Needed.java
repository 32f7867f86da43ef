package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Programs that a test needs and a user's machine may lack. */
public final class Needed {

  private Needed() {}

  /** Skips the test where the program is absent, and fails it in CI, which installs them all. */
  public static void orSkip(boolean present, String what) {
    if (System.getenv("CI") == null) {
      assumeThat(present).as(what).isTrue();
    }
    assertThat(present).as(what).isTrue();
  }
}
