package io.mcpoauth.core.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals bytes with AES-256-GCM so that only the same purpose and the same owner can open them.
 *
 * <p>Layout: version (1 byte), key id (4), nonce (12), ciphertext and tag. The purpose chooses the
 * key; the key id and the owner (for example {@code grants/<id>}) are associated data, so that a
 * sealed value moved to another row does not open (CR-04). Nonces are random: a key must be
 * replaced before it has sealed 2^32 values (NIST SP 800-38D section 8.3).
 */
public final class Envelope {

  private static final byte VERSION = 1;
  private static final int KEY_ID_LENGTH = 4;
  private static final int NONCE_LENGTH = 12;
  private static final int HEADER_LENGTH = 1 + KEY_ID_LENGTH + NONCE_LENGTH;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  private final KeyPurpose purpose;
  private final SecretSource random;

  /** Seals and opens for that purpose. */
  public Envelope(KeyRing keys, KeyPurpose purpose, SecretSource random) {
    this.keys = keys;
    this.purpose = purpose;
    this.random = random;
  }

  /** Seals the bytes for that owner with the first key. */
  public Sealed seal(String owner, byte[] plain) {
    KeyRing.DerivedKeys key = keys.first();
    byte[] nonce = random.bytes(NONCE_LENGTH);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, owner).doFinal(plain);
      return Sealed.ofStored(
          ByteBuffer.allocate(HEADER_LENGTH + encrypted.length)
              .put(VERSION)
              .put(key.idBytes())
              .put(nonce)
              .put(encrypted)
              .array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
    }
  }

  /**
   * Opens what {@link #seal} made for the same owner.
   *
   * @return empty when the bytes were not sealed for this purpose and owner by a key of the ring
   */
  public Optional<byte[]> open(String owner, Sealed envelope) {
    byte[] sealed = envelope.toBytes();
    if (sealed.length < HEADER_LENGTH + TAG_BITS / 8 || sealed[0] != VERSION) {
      return Optional.empty();
    }
    String keyId = keyId(sealed);
    byte[] nonce = Arrays.copyOfRange(sealed, 1 + KEY_ID_LENGTH, HEADER_LENGTH);
    return keys.all().stream()
        .filter(key -> key.id().equals(keyId))
        .findFirst()
        .flatMap(key -> decrypt(key, nonce, owner, sealed));
  }

  /** Whether the bytes say that the first key sealed them. */
  public boolean isCurrent(Sealed envelope) {
    byte[] sealed = envelope.toBytes();
    return sealed.length >= HEADER_LENGTH && keyId(sealed).equals(keys.first().id());
  }

  /**
   * The same, sealed with the first key.
   *
   * @return empty when {@link #open} is
   */
  public Optional<Sealed> reseal(String owner, Sealed envelope) {
    return open(owner, envelope).map(plain -> seal(owner, plain));
  }

  private static String keyId(byte[] sealed) {
    return HexFormat.of().formatHex(sealed, 1, 1 + KEY_ID_LENGTH);
  }

  private Optional<byte[]> decrypt(
      KeyRing.DerivedKeys key, byte[] nonce, String owner, byte[] sealed) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, owner);
      return Optional.of(cipher.doFinal(sealed, HEADER_LENGTH, sealed.length - HEADER_LENGTH));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed to decrypt", e);
    }
  }

  private Cipher cipher(int mode, KeyRing.DerivedKeys key, byte[] nonce, String owner)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.of(purpose), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {VERSION});
    cipher.updateAAD(key.idBytes());
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
