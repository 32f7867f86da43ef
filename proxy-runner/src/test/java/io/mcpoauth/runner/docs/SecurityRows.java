package io.mcpoauth.runner.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The attacks and requirements of {@code security-rows.txt}. */
final class SecurityRows {

  private static final String RESOURCE = "security-rows.txt";

  private SecurityRows() {}

  /**
   * A group of rows.
   *
   * @param id begins the ids of its rows
   */
  record Group(String id, String title, List<Row> rows) {}

  /**
   * One attack or requirement.
   *
   * @param shownBy the rows whose tests show this one too
   * @param note why there is no test, or empty
   */
  record Row(String id, String title, List<String> shownBy, String note) {}

  static List<Group> read() {
    List<Group> groups = new ArrayList<>();
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.contains(" | ")) {
        groups.get(groups.size() - 1).rows().add(row(line.split(" \\| ", 3)));
      } else {
        String[] parts = line.split(" ", 2);
        groups.add(new Group(parts[0], parts[1], new ArrayList<>()));
      }
    }
    return groups;
  }

  /** The third part is prose, or {@code = ids}, or both. */
  private static Row row(String[] parts) {
    String rest = parts.length < 3 ? "" : parts[2];
    if (!rest.startsWith("= ")) {
      return new Row(parts[0], parts[1], List.of(), rest);
    }
    String[] idsAndNote = rest.substring(2).split(" \\| ", 2);
    return new Row(
        parts[0],
        parts[1],
        Arrays.asList(idsAndNote[0].split(", ")),
        idsAndNote.length < 2 ? "" : idsAndNote[1]);
  }

  private static List<String> lines() {
    try (InputStream file = SecurityRows.class.getResourceAsStream(RESOURCE)) {
      if (file == null) {
        throw new IllegalStateException("no " + RESOURCE);
      }
      return new String(file.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
