package io.mcpoauth.runner.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All tests of the repository whose names end with ids of rows, by these ids. */
final class NamedTests {

  private static final Pattern TEST =
      Pattern.compile("\\bvoid ([a-z]\\w*?)((?:_(?:[A-Z]{2,3}\\d{2}|to))+)\\(");
  private static final Pattern ID = Pattern.compile("([A-Z]{2,3})(\\d{2})(?:_to_\\1(\\d{2}))?");

  private final Map<String, NavigableSet<String>> byId = new TreeMap<>();
  private final NavigableSet<String> spelledOut = new TreeSet<>();

  private NamedTests() {}

  static NamedTests in(Path repository) {
    NamedTests tests = new NamedTests();
    try (Stream<Path> files = Files.walk(repository)) {
      files
          .filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .sorted(Comparator.comparing(Path::toString))
          .forEach(tests::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tests;
  }

  /** The tests of that row as {@code Class.name}. */
  List<String> of(String id) {
    return List.copyOf(byId.getOrDefault(id, new TreeSet<>()));
  }

  /** All of them. */
  NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>();
    byId.values().forEach(names::addAll);
    return names;
  }

  /** The ids that names spell out; those between the ends of a range need not be rows. */
  NavigableSet<String> ids() {
    return new TreeSet<>(spelledOut);
  }

  private void read(Path file) {
    String name = file.getFileName().toString();
    String type = name.substring(0, name.length() - ".java".length());
    try {
      Matcher test = TEST.matcher(Files.readString(file));
      while (test.find()) {
        String shown = type + "." + test.group(1);
        ID.matcher(test.group(2)).results().map(NamedTests::idsIn).forEach(ids -> note(ids, shown));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(List<String> ids, String test) {
    spelledOut.add(ids.get(0));
    spelledOut.add(ids.get(ids.size() - 1));
    ids.forEach(id -> byId.computeIfAbsent(id, any -> new TreeSet<>()).add(test));
  }

  /** One id, or all of {@code AZ16_to_AZ32}. */
  private static List<String> idsIn(MatchResult found) {
    int first = Integer.parseInt(found.group(2));
    int last = found.group(3) == null ? first : Integer.parseInt(found.group(3));
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> "%s-%02d".formatted(found.group(1), number))
        .toList();
  }
}
