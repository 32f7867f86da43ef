package io.mcpoauth.runner.config;

/** What settings are about; the help and the documentation list them by this. */
public enum SettingGroup {
  ADDRESS("Where the proxy is"),
  MCP_SERVER("What is behind it"),
  PROVIDER("Where users sign in"),
  ACCESS("Who may come in"),
  LIMITS("How much it takes"),
  STORAGE("What it keeps"),
  DEMO("Demo mode");

  private final String title;

  SettingGroup(String title) {
    this.title = title;
  }

  /** A heading of a few words. */
  public String title() {
    return title;
  }
}
