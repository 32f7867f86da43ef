package io.mcpoauth.runner.config;

/**
 * Why the program does not start, for the operator. Never holds a value that was given: values are
 * secrets, or secrets that were pasted into the wrong place.
 *
 * @param line one line that names the setting, says what is wrong and gives an example
 */
public record Problem(String line) {

  /** A setting that has to be given and is not. */
  static Problem missing(Setting setting) {
    return new Problem(
        "%s is missing: %s. Example: %s"
            .formatted(setting.variable(), setting.meaning(), example(setting)));
  }

  /**
   * A value that cannot work.
   *
   * @param flaw what is wrong, as a phrase that follows the name
   */
  static Problem malformed(Setting setting, String flaw) {
    return new Problem(
        "%s is not valid: %s. Example: %s".formatted(setting.variable(), flaw, example(setting)));
  }

  private static String example(Setting setting) {
    return setting.variable() + "=" + setting.example();
  }
}
