package io.mcpoauth.servlet.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json ; Charset=\"UTF-8\"",
        "application/json;",
        "application/json; charset=utf-8;",
        "application/json;;charset=utf-8",
        "application/json; charset=utf-8; x=y",
        "application/json; odata=verbose",
        "application/json; x=\"a;charset=utf-16, \\\"b\"; charset=utf-8"
      })
  void unknownAndEmptyParametersMakeNoDifference_TC19(String field) {
    assertThat(ContentType.isUtf8Of("application/json", field)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "application/jsonp",
        "application/json charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-8",
        "application/json; x=y; charset = utf-16",
        "application/json; charset=",
        "application/json; charset",
        "application/json; x=\"; charset=utf-8",
        "application/json; x=y, text/plain",
        "application/json, application/json"
      })
  void anotherTypeOrCharsetOrNoSingleOneIsRefused_TC18_TC19(String field) {
    assertThat(ContentType.isUtf8Of("application/json", field)).isFalse();
  }
}
