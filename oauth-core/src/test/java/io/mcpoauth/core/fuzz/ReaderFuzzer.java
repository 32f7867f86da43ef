package io.mcpoauth.core.fuzz;

import java.nio.charset.StandardCharsets;

/** The entry for Jazzer: the first byte chooses the reader, the others are the text. */
public final class ReaderFuzzer {

  private ReaderFuzzer() {}

  /** One input, as Jazzer calls it. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      Reader[] readers = Reader.values();
      String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
      readers[(input[0] & 0xff) % readers.length].check(text);
    }
  }
}
