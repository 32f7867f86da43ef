package io.mcpoauth.core.spi.storage;

/**
 * Storage did not answer, or not in time: an outage of ours. The caller cannot know whether the
 * change happened, so it answers 503 and never that a client, code or token is bad.
 */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Storage answers, but not with what can be used.
   *
   * @param message what is wrong, without any value
   */
  public StorageException(String message) {
    super(message);
  }

  /**
   * An outage.
   *
   * @param message what was tried, without any value
   */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
