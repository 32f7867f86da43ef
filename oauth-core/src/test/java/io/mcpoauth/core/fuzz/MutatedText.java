package io.mcpoauth.core.fuzz;

import java.util.List;
import java.util.Random;

/**
 * Text made of good examples by cutting, doubling, joining and spoiling them at random. The same
 * seed makes the same text, so that what a test found can be found again.
 */
public final class MutatedText {

  private static final List<String> SPICE =
      List.of(
          "%",
          "%00",
          "%zz",
          "%c0%af",
          "%2e%2e",
          "%25",
          "&",
          "=",
          "+",
          ";",
          ",",
          " ",
          "  ",
          "\t",
          "\r\n",
          "\0",
          "\u007f",
          "\u0085",
          "\u00e4",
          "\u2028",
          "\ufeff",
          "\uff0f",
          "\ud800",
          "\udc00",
          "\ud83d\ude00",
          "\u202e",
          "\\",
          "/",
          "//",
          "/../",
          "..;/",
          ":",
          "://",
          "@",
          "#",
          "?",
          "*",
          "[",
          "]",
          "[::1]",
          "127.0.0.1",
          "localhost",
          ".",
          "{",
          "}",
          "\"",
          "null",
          "[[[[",
          "1e999",
          "-1",
          "javascript:",
          "data:",
          "https://",
          "Basic ",
          "Bearer ",
          "==",
          "none",
          "alg",
          "\u0130",
          "__Host-",
          "\u3164");

  private final List<String> examples;
  private final Random random;

  /** Text that begins as one of these. */
  public MutatedText(List<String> examples, long seed) {
    this.examples = List.copyOf(examples);
    this.random = new Random(seed);
  }

  /** The next text. */
  public String next() {
    StringBuilder text = new StringBuilder(example());
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      change(text);
    }
    return text.toString();
  }

  private void change(StringBuilder text) {
    int from = random.nextInt(text.length() + 1);
    int to = from + random.nextInt(Math.min(8, text.length() - from) + 1);
    switch (random.nextInt(7)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, SPICE.get(random.nextInt(SPICE.size())));
      case 2 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(3)));
      case 3 -> text.insert(from, example());
      case 4 -> text.insert(from, (char) random.nextInt(0x250));
      case 5 -> text.replace(from, to, SPICE.get(random.nextInt(SPICE.size())));
      default -> text.setLength(from);
    }
  }

  private String example() {
    return examples.get(random.nextInt(examples.size()));
  }
}
