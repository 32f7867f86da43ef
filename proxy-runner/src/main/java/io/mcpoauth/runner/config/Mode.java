package io.mcpoauth.runner.config;

/** How requests come to MCP servers. */
enum Mode {
  /** Through us. */
  PROXY,

  /** Through a web server that asks us who may pass. */
  FORWARD_AUTH
}
