package io.mcpoauth.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

  @ParameterizedTest
  @CsvSource({"read, read", "read write, read write", "'  read  read ', read", "'', ''", "' ', ''"})
  void tokensAreSeparatedBySpaces(String text, String scopes) {
    assertThat(Scopes.parse(text).orElseThrow()).hasToString(scopes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "a\tb", "a\nb", "ä", "a\u0000", "a\u007F"})
  void otherCharactersAreRefused_AZ24(String text) {
    assertThat(Scopes.parse(text)).isEmpty();
  }

  @Test
  void thereMayNotBeTooMany_AZ40() {
    String hundred =
        IntStream.range(0, 100).mapToObj(i -> "s" + i).collect(Collectors.joining(" "));

    assertThat(Scopes.parse(hundred)).isPresent();
    assertThat(Scopes.parse(hundred + " more")).isEmpty();
  }

  @Test
  void retainedTokensKeepTheirOrder() {
    assertThat(Scopes.of("c", "b", "a").retain(Scopes.of("a", "c"))).hasToString("c a");
  }

  @Test
  void tokenMayNotStandTwiceInASet() {
    assertThatThrownBy(() -> Scopes.of("a", "a")).isInstanceOf(IllegalArgumentException.class);
  }
}
