package io.mcpoauth.runner.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Jars of plug-ins that are compiled here, so that they are on no class path. */
public final class PluginJar {

  private static final Path EXAMPLE =
      Path.of("..", "examples", "custom-provider", "src", "main", "java");

  private PluginJar() {}

  /** The example's, whose id is {@code acme}. */
  public static void ofExample(Path jar) throws IOException {
    of(
        IdentityProviderFactory.class,
        EXAMPLE,
        "io.mcpoauth.examples.customprovider.AcmeProvider$Factory",
        jar);
  }

  /** One class in no package that implements a kind of factory. */
  public static void ofSource(Class<?> kind, String name, String source, Path jar)
      throws IOException {
    Path sources = Files.createTempDirectory(jar.getParent(), "sources");
    Files.writeString(sources.resolve(name + ".java"), source);
    of(kind, sources, name, jar);
  }

  private static void of(Class<?> kind, Path sources, String factory, Path jar) throws IOException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(sources, classes);
    Map<String, byte[]> entries = new TreeMap<>();
    for (Path file : files(classes)) {
      entries.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
    }
    write(kind, factory, entries, jar);
  }

  /** A jar that promises a factory and does not hold it. */
  static void broken(Path jar) throws IOException {
    write(IdentityProviderFactory.class, "nowhere.Factory", Map.of(), jar);
  }

  private static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("tests need a JDK").isNotNull();
    List<String> arguments =
        Stream.concat(
                Stream.of("-proc:none", "-nowarn", "-d", classes.toString()),
                files(sources).stream().map(Path::toString))
            .toList();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
  }

  private static void write(Class<?> kind, String factory, Map<String, byte[]> classes, Path jar)
      throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + kind.getName()));
      out.write(factory.getBytes(UTF_8));
      for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
