package io.mcpoauth.runner.config;

import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.servlet.forward.McpServer;
import java.util.List;
import java.util.Optional;

/**
 * A configuration that has passed all checks. None of its parts prints a secret.
 *
 * @param address where to listen
 * @param forwardAuth where a web server asks who may pass; where there is none, the proxy forwards
 * @param web what web browsers may do
 * @param server the authorization server
 * @param mcpServers what is behind the proxy, at least one
 * @param limits how many requests are taken
 * @param clients which clients there may be
 * @param signIn where users sign in, at one provider at least, and who may
 * @param storage where things are kept
 * @param intervals how often things are done
 * @param keys encrypt what is kept, and sign tokens
 */
public record RunnerConfig(
    ListenAddress address,
    Optional<ListenAddress> forwardAuth,
    WebAccess web,
    ServerSettings server,
    List<McpServer> mcpServers,
    LimitsConfig limits,
    ClientRules clients,
    SignInConfig signIn,
    StorageConfig storage,
    Intervals intervals,
    KeysConfig keys) {

  /** Copies the lists. */
  public RunnerConfig {
    mcpServers = List.copyOf(mcpServers);
  }
}
