package io.mcpoauth.core.spi.provider;

/**
 * What came of trying something that this server depends on, for the operator.
 *
 * @param level how bad it is
 * @param text what was found, as a phrase without secrets
 * @param advice what to do about it, as sentences; empty when there is nothing to do
 */
public record Finding(Level level, String text, String advice) {

  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    SOUND,
    /** May be meant to be so, or could not be tried. */
    DOUBTFUL,
    /** Users will not be served until it is put right. */
    BROKEN
  }

  /** As it should be. */
  public static Finding sound(String text) {
    return new Finding(Level.SOUND, text, "");
  }

  /** May be meant to be so, or could not be tried. */
  public static Finding doubtful(String text, String advice) {
    return new Finding(Level.DOUBTFUL, text, advice);
  }

  /** Users will not be served until it is put right. */
  public static Finding broken(String text, String advice) {
    return new Finding(Level.BROKEN, text, advice);
  }
}
