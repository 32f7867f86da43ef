package io.mcpoauth.runner.guides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A region of a source file, between the comments {@code snippet: name} and {@code end snippet:
 * name}, as it stands in a guide: without the indentation that all lines have.
 */
record Snippet(String file, String name) {

  private static final List<String> COMMENTS = List.of("//", "#", "<!--");

  /** The text without a line break at its end. */
  String text(Path root) throws IOException {
    List<String> region = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(root.resolve(file))) {
      if (isMark(line, "end snippet: ")) {
        return text(region);
      }
      if (inside) {
        region.add(line);
      }
      inside |= isMark(line, "snippet: ");
    }
    throw new AssertionError("no snippet " + name + " in " + file);
  }

  private boolean isMark(String line, String mark) {
    return COMMENTS.stream()
        .anyMatch(
            comment -> {
              String whole = comment + " " + mark + name;
              return line.strip().equals(whole) || line.strip().equals(whole + " -->");
            });
  }

  private static String text(List<String> region) {
    int indentation =
        region.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    return region.stream()
        .map(line -> line.isBlank() ? "" : line.substring(indentation))
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
