package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.runner.config.ConfigurationOutcome;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.ConfigurationReader;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.SettingValues;
import io.mcpoauth.runner.lifecycle.Runner;
import io.mcpoauth.runner.lifecycle.RunningProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** One run of the proxy, from its start to its end. */
interface RunningInstance extends AutoCloseable {

  /** Ends the run, in whatever way it ends. */
  @Override
  void close();

  /** Runs the proxy in this process; ends as with Ctrl-C. */
  static RunningInstance inProcess(RealParts parts) {
    return inProcess(parts, Map.of());
  }

  /** The same with some other settings. */
  static RunningInstance inProcess(RealParts parts, Map<String, String> changed) {
    String port = changed.getOrDefault("PORT", String.valueOf(parts.proxy().getPort()));
    return inProcess(settings(parts, changed), URI.create("http://localhost:" + port));
  }

  /**
   * Runs a proxy with those settings in this process; ends as with Ctrl-C.
   *
   * @param address where it listens
   */
  static RunningInstance inProcess(Map<String, String> settings, URI address) {
    RunningInstance instance = start(settings);
    awaitReady(address);
    return instance;
  }

  /** Does not wait for the database. */
  static RunningInstance unready(RealParts parts, Map<String, String> changed) {
    return start(settings(parts, changed));
  }

  private static Map<String, String> settings(RealParts parts, Map<String, String> changed) {
    Map<String, String> settings = new HashMap<>(parts.settings());
    settings.putAll(changed);
    return settings;
  }

  /** Does not wait until it is ready, which it may never be. */
  static RunningInstance start(Map<String, String> settings) {
    ConfigurationOutcome<RunnerConfig> outcome =
        new ConfigurationReader(SettingValues.of(Map.of(), settings, null)).proxy();
    assertThat(outcome).isInstanceOf(Configured.class);
    RunningProxy proxy = Runner.start(((Configured<RunnerConfig>) outcome).configuration());
    return proxy::close;
  }

  /** Runs the proxy as a process of its own; ends as with {@code kill -9}. */
  static RunningInstance asProcess(RealParts parts, Path log) {
    Process process = process(parts, Map.of(), log);
    return () -> process.destroyForcibly().onExit().join();
  }

  /** Runs the proxy, with some other settings, as a process of its own. */
  static Process process(RealParts parts, Map<String, String> changed, Path log) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.mcpoauth.runner.Main"));
    builder.environment().putAll(settings(parts, changed));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      awaitReady(parts.proxy());
    } catch (ConditionTimeoutException e) {
      process.destroyForcibly().onExit().join();
      throw new AssertionError("the proxy does not start, see " + log, e);
    }
    return process;
  }

  /** Waits until the proxy can serve requests that need the database. */
  static void awaitReady(URI proxy) {
    URI health = proxy.resolve("/health/ready");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> ((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200);
  }
}
