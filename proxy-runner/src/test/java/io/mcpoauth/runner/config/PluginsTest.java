package io.mcpoauth.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationOutcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  private static final Map<String, String> ACME =
      Map.of(
          "PROVIDER_PLUGINS", "acme",
          "ACME_URL", "https://sign-in.acme.example",
          "ACME_APP_ID", "proxy",
          "ACME_APP_SECRET", GivenSettings.CANARY);

  private final Path folder;

  PluginsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void providerInTheFolderIsFound_S18() throws IOException {
    PluginJar.ofExample(folder.resolve("acme.jar"));

    ConfigurationOutcome<RunnerConfig> outcome = read(folder);

    assertThat(outcome).isInstanceOf(Configured.class);
    assertThat(((Configured<RunnerConfig>) outcome).configuration().signIn().plugins())
        .singleElement()
        .extracting(IdentityProvider::id)
        .isEqualTo("acme");
  }

  @Test
  void settingThatThePluginMissesIsNamed_S18() throws IOException {
    PluginJar.ofExample(folder.resolve("acme.jar"));
    Map<String, String> settings = settings(folder);
    settings.remove("ACME_URL");

    assertThat(problemOf(read(settings)))
        .startsWith("PROVIDER_PLUGINS is not valid: ACME_URL is missing");
  }

  @Test
  void folderThatIsNotThereIsRefused_S18() {
    assertThat(problemOf(read(folder.resolve(GivenSettings.CANARY))))
        .startsWith("PLUGIN_DIR is not valid: it is not a folder")
        .doesNotContain(GivenSettings.CANARY);
  }

  @Test
  void folderWithoutJarsIsRefused_S18() {
    assertThat(problemOf(read(folder)))
        .startsWith("PLUGIN_DIR is not valid: it is a folder without jars");
  }

  @Test
  void jarThatCannotBeLoadedIsAProblemAndNoCrash_S18() throws IOException {
    PluginJar.broken(folder.resolve("broken.jar"));

    assertThat(problemOf(read(folder)))
        .startsWith("PROVIDER_PLUGINS is not valid: a plug-in cannot be loaded")
        .contains("nowhere.Factory");
  }

  @Test
  void twoPluginsOfOneIdAreRefused_S18() throws IOException {
    PluginJar.ofExample(folder.resolve("acme.jar"));
    PluginJar.ofSource(
        IdentityProviderFactory.class,
        "OtherFactory",
        """
        public final class OtherFactory implements io.mcpoauth.core.spi.provider.IdentityProviderFactory {
          public String id() { return "acme"; }
          public io.mcpoauth.core.spi.provider.IdentityProvider create(
              java.util.Map<String, io.mcpoauth.core.secret.Secret> settings, java.time.InstantSource clock) {
            throw new IllegalArgumentException();
          }
        }
        """,
        folder.resolve("other.jar"));

    assertThat(problemOf(read(folder)))
        .startsWith("PROVIDER_PLUGINS is not valid: it names a plug-in that is there twice");
  }

  @Test
  void storagePluginTakesThePlaceOfTheDatabaseAndNotBoth_N3() throws IOException {
    PluginJar.ofExample(folder.resolve("acme.jar"));
    Map<String, String> settings = settings(folder);
    settings.put("STORAGE_PLUGIN", "nowhere");

    ConfigurationOutcome<RunnerConfig> outcome = read(settings);

    assertThat(((Refused<RunnerConfig>) outcome).problems())
        .extracting(Problem::line)
        .anyMatch(line -> line.startsWith("STORAGE_PLUGIN is not valid: DATABASE_DSN is given"))
        .anyMatch(line -> line.startsWith("STORAGE_PLUGIN is not valid: it names a plug-in that"));
  }

  private static Map<String, String> settings(Path plugins) {
    Map<String, String> settings = new HashMap<>(GivenSettings.complete().environment());
    settings.putAll(ACME);
    settings.put("PLUGIN_DIR", plugins.toString());
    return settings;
  }

  private static ConfigurationOutcome<RunnerConfig> read(Path plugins) {
    return read(settings(plugins));
  }

  private static ConfigurationOutcome<RunnerConfig> read(Map<String, String> settings) {
    return new ConfigurationReader(SettingValues.of(Map.of(), settings, null)).proxy();
  }

  private static String problemOf(ConfigurationOutcome<RunnerConfig> outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused<RunnerConfig>) outcome).problems()).hasSize(1);
    return ((Refused<RunnerConfig>) outcome).problems().get(0).line();
  }
}
