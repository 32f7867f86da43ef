package io.mcpoauth.runner.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which release this is, as the build wrote it down. */
public final class Version {

  private Version() {}

  /** For example {@code 1.2.3}. */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            Version.class.getResourceAsStream("/io/mcpoauth/runner/version.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
