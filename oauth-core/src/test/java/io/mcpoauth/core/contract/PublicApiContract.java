package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What was promised is kept: each line of the module's list in {@code src/test/api} still stands.
 * With {@code -Dapi.write=true} the list is written anew, as a release does.
 */
public abstract class PublicApiContract {

  private static final Path FOLDER = Path.of("src", "test", "api");

  /** The module's API as it is now. */
  protected abstract PublicApi api();

  /** The name of the module, and of its list. */
  protected abstract String module();

  /** Types of others that the module's users meet, and may. */
  protected Set<String> expectedForeignTypes() {
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
}
