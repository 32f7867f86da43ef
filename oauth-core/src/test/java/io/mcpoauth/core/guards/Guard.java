package io.mcpoauth.core.guards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One check of the code, as {@code guards.txt} lists it.
 *
 * @param row the attack that the check withstands
 * @param file below {@code io/mcpoauth/core}
 * @param check the text of the check, which stands once in the file
 * @param without what stands there when the check is forgotten
 */
record Guard(String row, String file, String check, String without) {

  private static final String LIST = "guards.txt";
  private static final String SEPARATOR = " \u00a6 ";

  static List<Guard> all() {
    try (InputStream list = Guard.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("no " + LIST);
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Guard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Guard read(String line) {
    String[] parts = (line + " ").split(SEPARATOR, 4);
    if (parts.length < 4) {
      throw new IllegalStateException("a guard has four parts: " + line);
    }
    return new Guard(parts[0], parts[1], parts[2], parts[3].strip());
  }

  /** The source file, from the folder of the module. */
  Path source() {
    return Path.of("src", "main", "java", "io", "mcpoauth", "core").resolve(file);
  }

  /** How often the check stands in the file: once, or the list is stale. */
  int occurrences() {
    return text().split(java.util.regex.Pattern.quote(check), -1).length - 1;
  }

  /** The source without the check. */
  String mutant() {
    return text().replace(check, without);
  }

  private String text() {
    try {
      return Files.readString(source());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return row + " " + file + ": " + check;
  }
}
