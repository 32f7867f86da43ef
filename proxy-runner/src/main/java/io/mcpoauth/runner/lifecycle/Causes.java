package io.mcpoauth.runner.lifecycle;

/** Says in one line why something failed. */
public final class Causes {

  private Causes() {}

  /**
   * The message and, where there is one, that of the first cause: drivers say there whether it is
   * the host, the password or the database that is wrong, and never quote the password.
   */
  public static String describe(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = firstLine(failure);
    return root == failure ? message : message + " (" + firstLine(root) + ")";
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
