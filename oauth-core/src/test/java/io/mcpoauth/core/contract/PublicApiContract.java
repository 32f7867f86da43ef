package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What was promised is kept: each line of the module's list in {@code src/test/api} still stands.
 * With {@code -Dapi.write=true} the list is written anew, as a release does.
 */
public abstract class PublicApiContract {

  private static final Path FOLDER = Path.of("src", "test", "api");
  private static final Path CLASSES = Path.of("target", "classes");

  /** The module's API as it is now. */
  protected abstract PublicApi api();

  /** The name of the module, and of its list. */
  protected abstract String module();

  /** Types of others that the module's users meet, and may. */
  protected Set<String> expectedForeignTypes() {
    return Set.of();
  }

  /** Public types that are neither promised nor in an internal package, and why that is so. */
  protected Set<String> publicBeside() {
    return Set.of();
  }

  @Test
  void nothingThatWasPromisedIsTakenAway_N3() throws IOException {
    Path list = FOLDER.resolve(module() + ".txt");
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(FOLDER);
      Files.writeString(list, String.join("\n", api().signatures()) + "\n");
    }
    List<String> promised = Files.readAllLines(list);
    assertThat(promised).isNotEmpty();
    assertThat(promised.stream().filter(line -> !api().signatures().contains(line)).toList())
        .as("what is gone; if that is meant, write the list anew with -Dapi.write=true")
        .isEmpty();
  }

  @Test
  void signaturesNameNoTypesOfLibraries_N3() {
    assertThat(api().foreignTypes()).containsExactlyInAnyOrderElementsOf(expectedForeignTypes());
  }

  @Test
  void nothingInternalIsPromised_N3() {
    assertThat(api().signatures()).noneMatch(line -> line.contains(".internal."));
  }

  @Test
  void whatIsPublicIsPromisedOrInternal_N3() throws IOException {
    assertThat(publicTypes())
        .isNotEmpty()
        .filteredOn(name -> !name.contains(".internal.") && !api().contains(name))
        .containsExactlyInAnyOrderElementsOf(publicBeside());
  }

  private static List<String> publicTypes() throws IOException {
    try (Stream<Path> tree = Files.walk(CLASSES)) {
      return tree.map(file -> CLASSES.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> file.replace(File.separatorChar, '.'))
          .filter(name -> Modifier.isPublic(typeOf(name).getModifiers()))
          .toList();
    }
  }

  private static Class<?> typeOf(String name) {
    try {
      return Class.forName(name, false, PublicApiContract.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
