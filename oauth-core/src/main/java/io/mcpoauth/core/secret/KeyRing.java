package io.mcpoauth.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The operator's keys ({@code ENCRYPTION_KEY}): the first one encrypts and signs, all of them
 * decrypt and verify, so that a key can be replaced without logging anyone out.
 *
 * <p>Each purpose uses a key of its own, derived with HKDF-SHA256 (RFC 5869). Immutable and safe
 * for use by several threads.
 */
public final class KeyRing {

  private static final int KEY_LENGTH = 32;
  private static final int KEY_ID_LENGTH = 4;

  private final List<DerivedKeys> keys;

  private KeyRing(List<DerivedKeys> keys) {
    this.keys = keys;
  }

  /** The purposes' keys of one operator key. */
  record DerivedKeys(String id, Map<KeyPurpose, SecretKeySpec> byPurpose) {

    byte[] idBytes() {
      return HexFormat.of().parseHex(id);
    }

    SecretKeySpec of(KeyPurpose purpose) {
      SecretKeySpec key = byPurpose.get(purpose);
      if (key == null) {
        throw new IllegalStateException("no key for " + purpose);
      }
      return key;
    }
  }

  /**
   * Reads base64 keys of 32 bytes each, the encrypting one first.
   *
   * @throws IllegalArgumentException with a message fit for an operator, without the key, when
   *     there is none, one is not 32 bytes of base64, consists of one repeated byte, or stands
   *     twice
   */
  public static KeyRing ofBase64(List<Secret> encodedKeys) {
    if (encodedKeys.isEmpty()) {
      throw new IllegalArgumentException("needs at least one key");
    }
    List<DerivedKeys> keys = new ArrayList<>();
    for (Secret encoded : encodedKeys) {
      DerivedKeys derived = derive(decode(encoded));
      if (keys.stream().anyMatch(known -> known.id.equals(derived.id))) {
        throw new IllegalArgumentException("holds the same key twice");
      }
      keys.add(derived);
    }
    return new KeyRing(List.copyOf(keys));
  }

  /** The key that encrypts and signs. */
  DerivedKeys first() {
    return keys.get(0);
  }

  /** All keys, the first one first. */
  List<DerivedKeys> all() {
    return keys;
  }

  /** For each key, in their order, a ring of it alone. */
  Stream<KeyRing> each() {
    return keys.stream().map(key -> new KeyRing(List.of(key)));
  }

  /** HMAC-SHA256 over the texts, each preceded by its length, with the first key. */
  public byte[] mac(KeyPurpose purpose, String... texts) {
    return mac(first(), purpose, texts);
  }

  /** The same under every key, the first one first: what any of them would have answered. */
  public List<byte[]> macs(KeyPurpose purpose, String... texts) {
    return keys.stream().map(key -> mac(key, purpose, texts)).toList();
  }

  /** A name of the first key that tells nothing about it, for comparison between instances. */
  public String fingerprint() {
    return first().id();
  }

  /** Whether one of the keys has that name. */
  public boolean contains(String fingerprint) {
    return keys.stream().anyMatch(key -> key.id().equals(fingerprint));
  }

  /** Never a key. */
  @Override
  public String toString() {
    return "KeyRing[" + keys.size() + " keys]";
  }

  private static byte[] mac(DerivedKeys key, KeyPurpose purpose, String... texts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.of(purpose));
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length});
        mac.update(bytes);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] decode(Secret encoded) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(encoded.expose().strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not base64");
    }
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException(
          "must be base64 of " + KEY_LENGTH + " bytes, but has " + key.length);
    }
    boolean repeated = true;
    for (byte b : key) {
      repeated &= b == key[0];
    }
    if (repeated) {
      throw new IllegalArgumentException("consists of one repeated byte");
    }
    return key;
  }

  private static DerivedKeys derive(byte[] master) {
    try {
      byte[] id =
          MessageDigest.getInstance("SHA-256").digest(expand(master, "mcp-oauth-proxy/key-id"));
      Map<KeyPurpose, SecretKeySpec> byPurpose = new EnumMap<>(KeyPurpose.class);
      for (KeyPurpose purpose : KeyPurpose.values()) {
        byPurpose.put(
            purpose, new SecretKeySpec(expand(master, "mcp-oauth-proxy/" + purpose.name()), "AES"));
      }
      return new DerivedKeys(HexFormat.of().formatHex(id, 0, KEY_ID_LENGTH), byPurpose);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** HKDF-SHA256 with an empty salt and one block of output, which is all that 32 bytes need. */
  private static byte[] expand(byte[] master, String info) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[KEY_LENGTH], "HmacSHA256"));
    byte[] pseudoRandomKey = mac.doFinal(master);
    mac.init(new SecretKeySpec(pseudoRandomKey, "HmacSHA256"));
    mac.update(info.getBytes(StandardCharsets.UTF_8));
    return mac.doFinal(new byte[] {1});
  }
}
