package io.mcpoauth.core.secret;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Key rings whose keys are told apart by a number. */
public final class TestKeys {

  private TestKeys() {}

  /** A ring of the keys of those numbers, the encrypting one first. */
  public static KeyRing ring(int... numbers) {
    return KeyRing.ofBase64(Arrays.stream(numbers).mapToObj(TestKeys::key).toList());
  }

  private static Secret key(int number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (number * 31 + i);
    }
    return Secret.of(Base64.getEncoder().encodeToString(bytes));
  }

  static List<KeyPurpose> purposes() {
    return List.of(KeyPurpose.values());
  }
}
