package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.util.Set;
import java.util.stream.Collectors;

/** The one client of the development sign-in: the proxy. A class, because a record would print. */
public final class DemoClient {
  private final String id;
  private final String secret;
  private final Set<String> redirectUris;

  /**
   * A client that authenticates with a secret.
   *
   * @param redirectUris compared character by character (RFC 9700, section 4.1.3)
   */
  public DemoClient(String id, String secret, Set<URI> redirectUris) {
    this.id = id;
    this.secret = secret;
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
    return id.equals(claimedId)
        && MessageDigest.isEqual(secret.getBytes(UTF_8), claimedSecret.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return "DemoClient[" + id + "]";
  }
}
