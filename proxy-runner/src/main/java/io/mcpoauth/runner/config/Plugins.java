package io.mcpoauth.runner.config;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The plug-ins on the class path and in the operator's folder. Classes of the program go before
 * those of the folder, so a plug-in shares its libraries with the program where both have them.
 */
final class Plugins {

  private final ClassLoader loader;

  private Plugins(ClassLoader loader) {
    this.loader = loader;
  }

  /**
   * Those on the class path, and those in the jars of that folder.
   *
   * @param folder empty where there is none
   * @throws IllegalArgumentException with a phrase for the operator when no jar can be read there
   */
  static Plugins in(String folder) {
    ClassLoader program = Plugins.class.getClassLoader();
    return folder.isEmpty()
        ? new Plugins(program)
        // Open for as long as the process lives, since classes are loaded when they are needed.
        : new Plugins(new URLClassLoader(jars(SettingParsers.folder(folder)), program));
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("it is not a folder");
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(jars::add);
      if (jars.isEmpty()) {
        throw new IllegalArgumentException("it is a folder without jars");
      }
      jars.sort(Comparator.naturalOrder());
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    } catch (IOException e) {
      throw new IllegalArgumentException("it is a folder that cannot be read", e);
    }
  }

  /**
   * The one factory of that id.
   *
   * @throws IllegalArgumentException with a phrase for the operator when there is not exactly one,
   *     or one of its kind cannot be loaded
   */
  <F> F find(Class<F> kind, Function<F, String> idOf, String id) {
    List<F> found;
    try {
      found =
          ServiceLoader.load(kind, loader).stream()
              .map(ServiceLoader.Provider::get)
              .filter(factory -> idOf.apply(factory).equals(id))
              .toList();
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException("a plug-in cannot be loaded: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "it names a plug-in that is neither on the class path nor in PLUGIN_DIR");
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException("it names a plug-in that is there twice");
    }
    return found.get(0);
  }
}
