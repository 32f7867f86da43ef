package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which header fields go on, with a memory of the names that were judged lately: the same dozen
 * comes with every request. The memory is of fixed size and a name has one place in it, so strange
 * names can take places and no more. Safe for many threads, which share nothing but immutable
 * verdicts.
 */
final class FieldNames {

  private static final int PLACES = 256;
  private static final int LONGEST_REMEMBERED = 64;

  private final Predicate<String> isEndToEnd;
  private final Verdict[] places = new Verdict[PLACES];

  /**
   * A policy.
   *
   * @param isEndToEnd judges a name as {@link HeaderNames#fold} makes it
   */
  FieldNames(Predicate<String> isEndToEnd) {
    this.isEndToEnd = isEndToEnd;
    for (int i = 0; i < PLACES; i++) {
      places[i] = new Verdict("", "", false);
    }
  }

  private record Verdict(String name, String folded, boolean passes) {}

  /**
   * The fields that go on, in order.
   *
   * @param room for how many more the list should have space
   */
  List<HeaderField> filter(List<HeaderField> fields, int room) {
    Set<String> nominated = HeaderNames.nominated(fields);
    List<HeaderField> passed = new ArrayList<>(fields.size() + room);
    for (HeaderField field : fields) {
      Verdict verdict = judge(field.name());
      if (verdict.passes()
          && (nominated.isEmpty() || !nominated.contains(verdict.folded()))
          && HeaderNames.isWellFormedValue(field.value())) {
        passed.add(field);
      }
    }
    return passed;
  }

  /** The same as {@link HeaderNames#fold}. */
  String fold(String name) {
    return judge(name).folded();
  }

  private Verdict judge(String name) {
    int place = name.hashCode() & (PLACES - 1);
    Verdict known = places[place];
    if (known.name().equals(name)) {
      return known;
    }
    String folded = HeaderNames.fold(name);
    boolean passes = HeaderNames.isWellFormedName(name) && isEndToEnd.test(folded);
    Verdict verdict = new Verdict(name, folded, passes);
    if (name.length() <= LONGEST_REMEMBERED) {
      places[place] = verdict;
    }
    return verdict;
  }
}
