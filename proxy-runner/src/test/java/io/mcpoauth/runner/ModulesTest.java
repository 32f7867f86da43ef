package io.mcpoauth.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.servlet.endpoint.OAuthServlet;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names under which modular applications require us. */
class ModulesTest {

  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "io.mcpoauth.core", AuthorizationServer.class,
          "io.mcpoauth.jdbc", PostgresStorage.class,
          "io.mcpoauth.servlet", OAuthServlet.class);

  @Test
  void jarsHaveStableModuleNames_N3() {
    assumeThat(jars())
        .as("the jars are there from the package phase on")
        .allMatch(Files::isRegularFile);
    assertThat(modules().map(ModuleDescriptor::name))
        .containsExactlyInAnyOrderElementsOf(MODULES.keySet());
  }

  @Test
  void noPackageIsInTwoModules_N3() {
    assumeThat(jars())
        .as("the jars are there from the package phase on")
        .allMatch(Files::isRegularFile);
    assertThat(modules().flatMap(module -> module.packages().stream())).doesNotHaveDuplicates();
  }

  private static Stream<ModuleDescriptor> modules() {
    return ModuleFinder.of(jars().toArray(Path[]::new)).findAll().stream()
        .map(ModuleReference::descriptor);
  }

  private static Stream<Path> jars() {
    return MODULES.values().stream().map(ModulesTest::location);
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
