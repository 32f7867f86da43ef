package io.mcpoauth.servlet.internal.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldNamesTest {

  private final List<String> judged = new ArrayList<>();
  private final FieldNames names =
      new FieldNames(
          folded -> {
            judged.add(folded);
            return !folded.startsWith("x-secret");
          });

  @Test
  void aNameIsJudgedOnce() {
    filter("Accept", "X-Secret");
    filter("Accept", "X-Secret");

    assertThat(judged).containsExactly("accept", "x-secret");
  }

  @Test
  void eachSpellingOfANameIsJudgedForItself_HS03() {
    assertThat(filter("X-Secret", "x-secret", "X_Secret", "X.Secret")).isEmpty();
    assertThat(judged).hasSize(4);
  }

  @Test
  void namesThatShareAPlaceAreToldApart() {
    assertThat("AaBB").hasSameHashCodeAs("BBAa");

    assertThat(filter("AaBB", "BBAa", "AaBB")).containsExactly("AaBB", "BBAa", "AaBB");
    assertThat(judged).containsExactly("aabb", "bbaa", "aabb");
  }

  @Test
  void strangeNamesDoNotMakeTheVerdictsOnOthersWrong() {
    IntStream.range(0, 10_000).forEach(i -> filter("X-" + i, "X-Secret-" + i));

    assertThat(filter("Accept", "X-Secret", "X-" + "a".repeat(16_000)))
        .containsExactly("Accept", "X-" + "a".repeat(16_000));
  }

  @Test
  void whatConnectionNominatesStaysBehindThoughItsNameIsKnown_HS05() {
    assertThat(filter("Accept")).containsExactly("Accept");

    List<HeaderField> fields =
        List.of(new HeaderField("Connection", "accept"), new HeaderField("Accept", "*/*"));
    assertThat(names.filter(fields, 0)).extracting(HeaderField::name).containsExactly("Connection");
  }

  @Test
  void aFieldThatCannotBeWrittenAsItIsStaysBehindThoughItsNameIsKnown() {
    assertThat(filter("Accept")).containsExactly("Accept");

    assertThat(names.filter(List.of(new HeaderField("Accept", "a\r\nX-Secret: b")), 0)).isEmpty();
    assertThat(filter("Acc ept", "Accept:", "")).isEmpty();
  }

  private List<String> filter(String... fieldNames) {
    List<HeaderField> fields =
        IntStream.range(0, fieldNames.length)
            .mapToObj(i -> new HeaderField(fieldNames[i], "value"))
            .toList();
    return names.filter(fields, 0).stream().map(HeaderField::name).toList();
  }
}
