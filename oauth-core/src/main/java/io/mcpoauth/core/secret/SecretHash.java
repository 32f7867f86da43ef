package io.mcpoauth.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a secret of high entropy: what storage keeps in place of the secret.
 *
 * <p>Comparison is in constant time, so that a lookup tells nothing about a prefix.
 */
public final class SecretHash {

  /** The length of a hash in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private SecretHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The hash of that text. */
  public static SecretHash of(String secret) {
    try {
      return new SecretHash(
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The hash that storage kept.
   *
   * @throws IllegalArgumentException when it is not {@value #LENGTH} bytes long
   */
  public static SecretHash ofStored(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 has " + LENGTH + " bytes");
    }
    return new SecretHash(bytes.clone());
  }

  /** A copy of the hash, for storage. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Whether both are the hash of the same secret, in constant time. */
  public boolean matches(SecretHash other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  /** Never the hash: it identifies a secret in logs. */
  @Override
  public String toString() {
    return "[hash]";
  }
}
