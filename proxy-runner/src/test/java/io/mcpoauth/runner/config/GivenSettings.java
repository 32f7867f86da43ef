package io.mcpoauth.runner.config;

import java.util.HashMap;
import java.util.Map;

/** A complete environment, from which tests take away or change a value. */
public final class GivenSettings {

  /** Stands in every secret; must never be printed. */
  public static final String CANARY = "canary7391";

  private final Map<String, String> environment = new HashMap<>();

  private GivenSettings() {
    environment.put("BASE_URL", "http://localhost:18080");
    environment.put("MCP_SERVER_URL", "http://127.0.0.1:3000/mcp");
    environment.put("SCOPES_SUPPORTED", "openid,profile,email");
    environment.put("OAUTH_AUTHORIZE_URL", "https://accounts.example.com");
    environment.put("OAUTH_CLIENT_ID", "client");
    environment.put("OAUTH_CLIENT_SECRET", CANARY);
    environment.put("DATABASE_DSN", "postgres://mcp:" + CANARY + "@127.0.0.1:1/mcp");
    environment.put("ENCRYPTION_KEY", "q7zVbO4n0mJpQ2sYk5uXh1cRtE8wLaD3fGi6ByNvKoM=");
  }

  /** Everything that has to be given. */
  public static GivenSettings complete() {
    return new GivenSettings();
  }

  /** The same with another value. */
  public GivenSettings with(Setting setting, String value) {
    environment.put(setting.variable(), value);
    return this;
  }

  /** The same without the value. */
  public GivenSettings without(Setting setting) {
    environment.remove(setting.variable());
    return this;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** The outcome of reading them. */
  public ConfigurationOutcome<RunnerConfig> read() {
    return new ConfigurationReader(SettingValues.of(Map.of(), environment, null)).proxy();
  }
}
