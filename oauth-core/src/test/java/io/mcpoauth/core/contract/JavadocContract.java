package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public type and method of a module has Javadoc, and what it says is well formed and leads
 * to what exists. A sentence often says all about parameters and results, so tags for them may be
 * left out.
 */
public abstract class JavadocContract {

  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Set<String> MAY_BE_LEFT_OUT =
      Set.of("no @param", "no @return", "no @throws", "no main description");

  @Test
  void publicTypesAndMethodsAreDocumented_N4(@TempDir Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Diagnostic<? extends JavaFileObject>> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(SOURCES);
        StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      List<Path> sources = tree.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "-proc:none",
              "-Xdoclint:all/protected",
              "-Xmaxwarns",
              "10000",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      assertThat(
              compiler
                  .getTask(
                      null,
                      files,
                      found::add,
                      options,
                      null,
                      files.getJavaFileObjectsFromPaths(sources))
                  .call())
          .isTrue();
    }
    assertThat(found)
        .filteredOn(JavadocContract::isGap)
        .extracting(
            gap ->
                gap.getSource().getName()
                    + ":"
                    + gap.getLineNumber()
                    + " "
                    + gap.getMessage(Locale.ROOT))
        .isEmpty();
  }

  /** The javadoc tool fails on such a package, which only a release would tell. */
  @Test
  void everyDocumentedPackageHasTypes_N4() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      List<Path> files = tree.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(files)
          .filteredOn(file -> file.endsWith("package-info.java"))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(files)
                      .as("types beside %s", file)
                      .anyMatch(
                          other ->
                              !other.equals(file)
                                  && other.resolveSibling("package-info.java").equals(file)));
    }
  }

  /** The compiler has no other warning: the build lets none pass. */
  private static boolean isGap(Diagnostic<? extends JavaFileObject> found) {
    return found.getKind() != Diagnostic.Kind.NOTE
        && MAY_BE_LEFT_OUT.stream().noneMatch(found.getMessage(Locale.ROOT)::startsWith);
  }
}
