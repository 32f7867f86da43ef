package io.mcpoauth.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private static Parameters parse(String text) {
    return Parameters.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "a=b, b",
    "a=b+c, b c",
    "a=b%2Bc, b+c",
    "a=b%20c, b c",
    "a=%26%3D, &=",
    "a=b=c, b=c",
    "a=%c3%A4, ä",
    "a=ä, ä",
    "a=%F0%9F%98%80, \uD83D\uDE00",
    "a=\uD83D\uDE00, \uD83D\uDE00",
    "x=y&a=b, b",
    "&&a=b&, b",
    "%61=b, b"
  })
  void valueIsDecodedOnce(String text, String value) {
    assertThat(parse(text).get("a")).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b=c", "a", "a=", "A=b", "a[]=b", "a.x=b", "b=c;a=d", "b=c%26a=d"})
  void onlyAmpersandAndEqualsSeparate_HP10(String text) {
    assertThat(parse(text).get("a")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=%",
        "a=%2",
        "a=%zz",
        "a=%+1",
        "a=%-1",
        "a=%\uFF11\uFF12",
        "a=%\u0661\u0662",
        "a=%00",
        "a=\u0000",
        "%00=a",
        "a=%c0%af",
        "a=%c3",
        "a=%ff",
        "a=%ed%a0%80",
        "a=%f5%80%80%80",
        "a=\uD800",
        "a=\uDC00\uD800"
      })
  void malformedTextIsRefused_AZ39_HP11_HP12(String text) {
    assertThat(Parameters.parse(text)).isEmpty();
  }

  @Test
  void repetitionIsSeenEvenOfEmptyOrEncodedOnes_AZ14() {
    assertThat(parse("a=b&a=b").isRepeated("a")).isTrue();
    assertThat(parse("a=&a=b").isRepeated("a")).isTrue();
    assertThat(parse("a=b&%61=c").isRepeated("a")).isTrue();
    assertThat(parse("a=b&A=c").isRepeated("a")).isFalse();
  }

  @Test
  void allValuesAreThereButEmptyOnes() {
    assertThat(parse("r=a&r=&r=b").all("r")).containsExactly("a", "b");
    assertThat(parse("r=a").all("x")).isEmpty();
  }

  @Test
  void thereMayNotBeTooMany_AZ40() {
    assertThat(Parameters.parse("a=b&".repeat(100))).isPresent();
    assertThat(Parameters.parse("a=b&".repeat(101))).isEmpty();
  }

  @Test
  void valuesAreNotPrinted_LG01() {
    assertThat(parse("code=hush")).hasToString("Parameters[code]");
  }
}
