package io.mcpoauth.core.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests of the flow fail without each check of {@code guards.txt}. Takes some seconds for each,
 * so it runs only when named: {@code -Dtest=GuardRemoval}.
 */
class GuardRemoval {

  @ParameterizedTest
  @MethodSource("io.mcpoauth.core.guards.Guard#all")
  void testsFailWithoutTheCheck(Guard guard, @TempDir Path folder) throws Exception {
    compile(guard, folder);

    assertThat(testsPassOn(folder)).as("the tests pass without " + guard).isFalse();
  }

  private static void compile(Guard guard, Path folder) throws IOException {
    Path source = folder.resolve(guard.source().getFileName());
    Files.writeString(source, guard.mutant());
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-d",
                folder.toString(),
                "-cp",
                classPath(),
                source.toString());
    assertThat(result).as("compiles without " + guard).isZero();
  }

  /** In a JVM of its own, in which the classes of the folder come before all others. */
  private static boolean testsPassOn(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(folder + System.getProperty("path.separator") + classPath());
    command.add(FlowTests.class.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    return process.waitFor() == 0;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }
}
