package io.mcpoauth.servlet.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** CN-10: names are untrusted. */
class DisplayTextTest {

  @Test
  void invisibleAndReorderingCharactersAreRemoved_CN10() {
    assertThat(DisplayText.of("G\u200boo\u202egle\u0000\n\u2066 X\ufeff", "-"))
        .isEqualTo("Google X");
  }

  @Test
  void longNamesAreCutBetweenCharacters_CN10() {
    String cut = DisplayText.of("😀".repeat(500), "-");
    assertThat(cut.codePointCount(0, cut.length())).isEqualTo(80);
    assertThat(cut).endsWith("😀…");
  }

  @Test
  void emptyNamesAreReplaced_CN10() {
    assertThat(DisplayText.of(" \u200b\u3164 ", "none")).isEqualTo("none");
  }
}
