package io.mcpoauth.runner.guides;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.lifecycle.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What guides show is what examples do. */
class GuidesTest {

  /** Surefire runs in the module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Path GUIDES = ROOT.resolve("docs/guides");
  private static final Pattern CODE =
      Pattern.compile("(?sm)^(?:<!-- ([^\\n]*) -->\\n)?```(\\w*)\\n(.*?)\\n```$");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<groupId>io\\.mcpoauth</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
              + "<version>([^<]+)</version>");
  private static final Set<String> PUBLISHED =
      Set.of("oauth-core", "oauth-jdbc", "oauth-servlet", "proxy-runner");

  static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(GUIDES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void allCodeOfAGuideIsCodeOfAnExample(Path guide) throws IOException {
    for (MatchResult code : all(CODE, guide)) {
      String source = code.group(1);
      assertThat(source).as("where this is from: %s", code.group(3)).isNotNull();
      if (source.equals("dependency")) {
        assertThatDependenciesArePublished(code.group(3));
      } else {
        String[] fileAndName = source.split("#", 2);
        assertThat(code.group(3))
            .as(source)
            .isEqualTo(new Snippet(fileAndName[0], fileAndName[1]).text(ROOT));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("guides")
  void linksLeadToFiles(Path guide) throws IOException {
    assertThat(all(LINK, guide))
        .extracting(link -> guide.resolveSibling(link.group(1)))
        .allSatisfy(target -> assertThat(target).exists());
  }

  @Test
  void everyGuideIsInTheList() throws IOException {
    String list = Files.readString(GUIDES.resolve("README.md"));
    assertThat(guides().stream().map(page -> page.getFileName().toString()))
        .filteredOn(name -> !name.equals("README.md"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
  }

  private static void assertThatDependenciesArePublished(String xml) {
    List<MatchResult> dependencies = DEPENDENCY.matcher(xml).results().toList();
    assertThat(dependencies).isNotEmpty();
    assertThat(dependencies).extracting(found -> found.group(1)).isSubsetOf(PUBLISHED);
    assertThat(dependencies).extracting(found -> found.group(2)).containsOnly(Version.current());
  }

  private static List<MatchResult> all(Pattern pattern, Path page) {
    try {
      return pattern.matcher(Files.readString(page)).results().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
