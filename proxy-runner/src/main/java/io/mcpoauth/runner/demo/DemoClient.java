package io.mcpoauth.runner.demo;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;

/** The one client of the development sign-in: the proxy. */
public final class DemoClient {
  private final String id;
  private final SecretHash secret;
  private final Set<String> redirectUris;

  /**
   * A client that authenticates with a secret.
   *
   * @param redirectUris compared character by character (RFC 9700, section 4.1.3)
   */
  public DemoClient(String id, Secret secret, Set<URI> redirectUris) {
    this.id = id;
    this.secret = secret.hash();
    this.redirectUris =
        redirectUris.stream().map(URI::toString).collect(Collectors.toUnmodifiableSet());
  }

  String id() {
    return id;
  }

  boolean mayRedirectTo(String redirectUri) {
    return redirectUris.contains(redirectUri);
  }

  boolean authenticates(String claimedId, String claimedSecret) {
    return id.equals(claimedId) && secret.matches(SecretHash.of(claimedSecret));
  }

  @Override
  public String toString() {
    return "DemoClient[" + id + "]";
  }
}
