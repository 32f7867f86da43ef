package io.mcpoauth.core.secret;

/** Bytes that an {@link Envelope} sealed: storage keeps them as they are and cannot read them. */
public final class Sealed {

  private final byte[] bytes;

  private Sealed(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes that storage kept. */
  public static Sealed ofStored(byte[] bytes) {
    return new Sealed(bytes.clone());
  }

  /** A copy of the bytes, for storage. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Never the bytes. */
  @Override
  public String toString() {
    return "[sealed]";
  }
}
