package io.mcpoauth.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.docs.SecurityRows.Group;
import io.mcpoauth.runner.docs.SecurityRows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of attacks and tests in {@code docs/security.md} is made of the tests' names. */
class SecurityTableTest {

  private static final Path REPOSITORY = Path.of("..");
  private static final Path PAGE = REPOSITORY.resolve("docs").resolve("security.md");
  private static final String BEGIN = "<!-- The table is generated; see CONTRIBUTING.md. -->\n";
  private static final String END = "<!-- The end of the table. -->\n";
  private static final Pattern NAMED = Pattern.compile("`(\\w+\\.\\w+)`");
  private static final String HOW =
      "docs/security.md is stale; renew it with: ./mvnw -q -pl proxy-runner -am test"
          + " -Dtest=SecurityTableTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dmcpoauth.docs.write=true";

  private final List<Group> groups = SecurityRows.read();
  private final NamedTests tests = NamedTests.in(REPOSITORY);

  /** Where CI is set, as for releases, the table must be complete; else it must not be wrong. */
  @Test
  void tableShowsTheTestsOfEachRow() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    assertThat(begin).isPositive().isLessThan(end);
    String renewed = page.substring(0, begin) + BEGIN + table() + page.substring(end);

    if (Boolean.getBoolean("mcpoauth.docs.write")) {
      Files.writeString(PAGE, renewed);
    } else if (System.getenv("CI") != null) {
      assertThat(page).as(HOW).isEqualTo(renewed);
    } else {
      assertThat(tests.names()).as(HOW).containsAll(namedIn(page.substring(begin, end)));
    }
  }

  @Test
  void everyIdInATestsNameIsARow() {
    Set<String> unknown = new TreeSet<>(tests.ids());
    groups.forEach(group -> group.rows().forEach(row -> unknown.remove(row.id())));

    assertThat(unknown).as("ids that security-rows.txt does not have").noneMatch(this::isOfAGroup);
  }

  /** Tests may be named after other things too. */
  private boolean isOfAGroup(String id) {
    return groups.stream().anyMatch(group -> id.startsWith(group.id() + "-"));
  }

  private static List<String> namedIn(String table) {
    return NAMED.matcher(table).results().map(found -> found.group(1)).toList();
  }

  private String table() {
    return groups.stream().map(this::table).collect(Collectors.joining());
  }

  private String table(Group group) {
    return "\n### "
        + group.title()
        + "\n\n| Id | What | Tests |\n| --- | --- | --- |\n"
        + group.rows().stream().map(this::line).collect(Collectors.joining());
  }

  private String line(Row row) {
    List<String> cells =
        new ArrayList<>(tests.of(row.id()).stream().map(test -> "`" + test + "`").toList());
    if (!row.shownBy().isEmpty()) {
      cells.add("see " + String.join(", ", row.shownBy()));
    }
    if (!row.note().isEmpty()) {
      cells.add(row.note());
    }
    return "| %s | %s | %s |\n"
        .formatted(
            row.id(),
            row.title(),
            cells.isEmpty() ? "**no test yet**" : String.join("<br>", cells));
  }
}
