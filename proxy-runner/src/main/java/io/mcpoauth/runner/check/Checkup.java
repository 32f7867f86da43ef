package io.mcpoauth.runner.check;

import io.mcpoauth.core.internal.authorize.Providers;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.lifecycle.SignInProbe;
import io.mcpoauth.runner.lifecycle.SignInProviders;
import io.mcpoauth.servlet.forward.McpServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Tries everything that a configuration names, one part after the other. */
public final class Checkup {

  private final RunnerConfig config;
  private final SecretSource random;
  private final InstantSource clock;

  /** A check-up of that configuration. */
  public Checkup(RunnerConfig config, SecretSource random, InstantSource clock) {
    this.config = config;
    this.random = random;
    this.clock = clock;
  }

  /** Hands over each part as soon as it was tried; a minute in all at the very most. */
  public void run(Consumer<Part> report) {
    report.accept(
        new Part(
            "database",
            new DatabaseCheck(config.storage(), random, clock).of(config.keys().encryption())));
    List<IdentityProvider> all = SignInProviders.of(config.signIn());
    Providers providers = new Providers(all, URI.create(config.server().endpoint("/callback")));
    for (IdentityProvider provider : all) {
      report.accept(
          new Part(
              "provider " + provider.id(),
              provider.examine(SignInProbe.of(providers.redirectUri(provider), random))));
    }
    WebProbe probe = new WebProbe();
    if (config.forwardAuth().isEmpty()) {
      for (McpServer server : config.mcpServers()) {
        report.accept(new Part("MCP server", List.of(new McpServerCheck(probe).of(server))));
      }
    }
    report.accept(new Part("public URL", List.of(new PublicUrlCheck(probe).of(config.server()))));
  }
}
