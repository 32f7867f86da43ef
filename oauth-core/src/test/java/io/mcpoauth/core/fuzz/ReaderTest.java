package io.mcpoauth.core.fuzz;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All readers on random text from a seed. More of it: {@code -Dmcpoauth.fuzz.inputs=10000000} and
 * another {@code -Dmcpoauth.fuzz.seed}.
 */
class ReaderTest {

  private static final int INPUTS = Integer.getInteger("mcpoauth.fuzz.inputs", 5_000);
  private static final long SEED = Long.getLong("mcpoauth.fuzz.seed", 20_260_301L);

  @ParameterizedTest
  @EnumSource
  void strangeTextIsReadOrRefused_DS09_HP12(Reader reader) {
    MutatedText texts = new MutatedText(reader.examples(), SEED);
    for (int i = 0; i < INPUTS; i++) {
      String text = texts.next();
      try {
        reader.check(text);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        fail(reader + " with seed " + SEED + ", input " + i + ": " + text, e);
      }
    }
  }
}
