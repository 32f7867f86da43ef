package io.mcpoauth.runner.demo;

import org.eclipse.jetty.util.Fields;

/** Reads request parameters; one without a value counts as absent (RFC 6749, section 3.1). */
final class Parameters {
  private Parameters() {}

  /** The parameter's value, or an empty text. */
  static String text(Fields fields, String name) {
    String value = fields.getValue(name);
    return value == null ? "" : value;
  }
}
