package io.mcpoauth.servlet.message;

/**
 * One header field line.
 *
 * @param name as written, in any case
 * @param value may hold a secret: never printed
 */
public record HeaderField(String name, String value) {

  /** The name only. */
  @Override
  public String toString() {
    return name + ": ...";
  }
}
