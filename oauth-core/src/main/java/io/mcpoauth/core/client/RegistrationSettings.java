package io.mcpoauth.core.client;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides about dynamic client registration (RFC 7591). Immutable: each method
 * returns changed settings.
 */
public final class RegistrationSettings {

  private static final String SCHEME = "Bearer ";

  private final boolean offered;
  private final List<SecretHash> initialAccessTokens;
  private final boolean managed;

  private RegistrationSettings(
      boolean offered, List<SecretHash> initialAccessTokens, boolean managed) {
    this.offered = offered;
    this.initialAccessTokens = List.copyOf(initialAccessTokens);
    this.managed = managed;
  }

  /**
   * Anybody may register, as MCP clients expect. Registrations end after a day without a first
   * grant, and 90 days after the last one.
   */
  public static RegistrationSettings open() {
    return new RegistrationSettings(true, List.of(), false);
  }

  /** Nobody may register: clients come from the operator, or from their metadata documents. */
  public static RegistrationSettings off() {
    return new RegistrationSettings(false, List.of(), false);
  }

  /**
   * Whoever has an initial access token may register (RFC 7591 section 3).
   *
   * @param initialAccessTokens at least one, of high entropy
   * @throws IllegalArgumentException when there is none
   */
  public static RegistrationSettings protectedBy(List<Secret> initialAccessTokens) {
    if (initialAccessTokens.isEmpty()) {
      throw new IllegalArgumentException("at least one initial access token is needed");
    }
    List<SecretHash> hashes = initialAccessTokens.stream().map(Secret::hash).toList();
    return new RegistrationSettings(true, hashes, false);
  }

  /**
   * Clients may read, update and delete their registration (RFC 7592). Each registration then has
   * an owner, so that equal ones cannot share a client any more.
   */
  public RegistrationSettings managed() {
    return new RegistrationSettings(offered, initialAccessTokens, true);
  }

  /** Whether there is a registration endpoint at all; advertised in the metadata. */
  public boolean isOffered() {
    return offered;
  }

  boolean isManaged() {
    return offered && managed;
  }

  /**
   * Whether a request with that header may register.
   *
   * @param authorization the {@code Authorization} header; null when there is none
   */
  boolean admits(@Nullable Secret authorization) {
    if (initialAccessTokens.isEmpty()) {
      return true;
    }
    Optional<SecretHash> presented = bearerToken(authorization).map(Secret::hash);
    boolean known = false;
    for (SecretHash token : initialAccessTokens) {
      known |= presented.isPresent() && token.matches(presented.get());
    }
    return known;
  }

  /** The token of a {@code Bearer} header; empty when the header is none. */
  static Optional<Secret> bearerToken(@Nullable Secret authorization) {
    String header = authorization == null ? "" : authorization.expose();
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(Secret.of(header.substring(SCHEME.length()).strip()))
        : Optional.empty();
  }
}
