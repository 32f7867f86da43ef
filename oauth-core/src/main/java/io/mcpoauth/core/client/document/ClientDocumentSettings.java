package io.mcpoauth.core.client.document;

import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides about client ID metadata documents. Immutable: each method returns
 * changed settings.
 */
public final class ClientDocumentSettings {

  private final boolean enabled;
  private final DomainPolicy domains;
  private final AddressResolver resolver;
  private final @Nullable SSLContext trust;
  private final FetchTimeouts timeouts;
  private final DangerousTestAllowance allowance;

  private ClientDocumentSettings(
      boolean enabled,
      DomainPolicy domains,
      AddressResolver resolver,
      @Nullable SSLContext trust,
      FetchTimeouts timeouts,
      DangerousTestAllowance allowance) {
    this.enabled = enabled;
    this.domains = domains;
    this.resolver = resolver;
    this.trust = trust;
    this.timeouts = timeouts;
    this.allowance = allowance;
  }

  /** Documents of every public host, with the system's resolver and trusted certificates. */
  public static ClientDocumentSettings standard() {
    return new ClientDocumentSettings(
        true,
        DomainPolicy.EVERYBODY,
        AddressResolver.system(),
        null,
        FetchTimeouts.STANDARD,
        DangerousTestAllowance.NOTHING);
  }

  /** URL client ids are unknown here. */
  public static ClientDocumentSettings disabled() {
    return new ClientDocumentSettings(
        false,
        DomainPolicy.EVERYBODY,
        AddressResolver.system(),
        null,
        FetchTimeouts.STANDARD,
        DangerousTestAllowance.NOTHING);
  }

  /**
   * Documents of these hosts only.
   *
   * @param hosts exact names, or {@code *.example.com} for all hosts below one; empty for everybody
   * @throws IllegalArgumentException with a message fit for an operator when a name is malformed
   */
  public ClientDocumentSettings allowOnly(Set<String> hosts) {
    return with(new DomainPolicy(hosts, domains.denied()));
  }

  /**
   * No documents of these hosts, even if they are allowed otherwise.
   *
   * @param hosts as for {@link #allowOnly}
   * @throws IllegalArgumentException with a message fit for an operator when a name is malformed
   */
  public ClientDocumentSettings deny(Set<String> hosts) {
    return with(new DomainPolicy(domains.allowed(), hosts));
  }

  /** Host names are resolved by that resolver. */
  public ClientDocumentSettings resolver(AddressResolver resolver) {
    return new ClientDocumentSettings(enabled, domains, resolver, trust, timeouts, allowance);
  }

  /** Document hosts must prove themselves to that context, instead of to the system's. */
  public ClientDocumentSettings trust(SSLContext trust) {
    return new ClientDocumentSettings(enabled, domains, resolver, trust, timeouts, allowance);
  }

  /**
   * Documents may come from {@code localhost}, from loopback addresses and from any port: for tests
   * that serve documents on their own machine, and for nothing else. With this, anybody can make
   * this server send requests to whatever listens on it.
   */
  public ClientDocumentSettings dangerouslyAllowLoopbackForTests() {
    return new ClientDocumentSettings(
        enabled, domains, resolver, trust, timeouts, DangerousTestAllowance.LOOPBACK_DOCUMENTS);
  }

  /** Whether URL client ids are known at all; advertised in the metadata. */
  public boolean isEnabled() {
    return enabled;
  }

  ClientDocumentSettings timeouts(FetchTimeouts timeouts) {
    return new ClientDocumentSettings(enabled, domains, resolver, trust, timeouts, allowance);
  }

  FetchTimeouts timeouts() {
    return timeouts;
  }

  DomainPolicy domains() {
    return domains;
  }

  DangerousTestAllowance allowance() {
    return allowance;
  }

  GuardedFetcher.Network network() {
    try {
      SSLContext context = trust == null ? SSLContext.getDefault() : trust;
      return new GuardedFetcher.Network(resolver, Socket::connect, context.getSocketFactory());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has a default TLS context", e);
    }
  }

  private ClientDocumentSettings with(DomainPolicy changed) {
    return new ClientDocumentSettings(enabled, changed, resolver, trust, timeouts, allowance);
  }
}
