package io.mcpoauth.core.secret;

/**
 * Text that must never be printed: a token, a password, a verifier.
 *
 * <p>A final class and not a record, so that nothing generates {@code equals}, {@code hashCode} or
 * {@code toString} over the text. Compare hashes in constant time ({@link SecretHash#matches}).
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps the text. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself; every call is a place where a secret leaves its wrapper. */
  public String expose() {
    return text;
  }

  /** What storage may keep of this secret. */
  public SecretHash hash() {
    return SecretHash.of(text);
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "[secret]";
  }
}
