package io.mcpoauth.runner.config;

import io.mcpoauth.servlet.forward.AllowedOrigins;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/**
 * What web browsers may do.
 *
 * @param hosts the names, in lower case, under which requests may come in
 * @param origins whose pages may call MCP servers
 */
public record WebAccess(Set<String> hosts, AllowedOrigins origins) {

  /** Copies the names. */
  public WebAccess {
    hosts = Set.copyOf(hosts);
  }

  /** The name of the issuer, those of this machine and further ones. */
  public static WebAccess of(URI issuer, Set<String> furtherHosts, AllowedOrigins origins) {
    // Names of this machine do no harm: no page of a stranger ever has them as its own.
    Set<String> hosts = new HashSet<>(UrlRules.LOOPBACK_HOSTS);
    hosts.add(issuer.getHost());
    hosts.addAll(furtherHosts);
    return new WebAccess(hosts, origins);
  }
}
