package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How this server is known to one provider. Immutable; prints no secret. */
public final class ProviderSettings {

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
  private static final Duration MAX_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_REFRESH_TIMEOUT = Duration.ofSeconds(8);

  private final String id;
  private final String displayName;
  private final URI url;
  private final String clientId;
  private final @Nullable Secret clientSecret;
  private final @Nullable ClientKey clientKey;
  private final @Nullable Scopes scopes;
  private final Duration timeout;
  private final boolean discovery;
  private final String userIdPrefix;
  private final @Nullable Preset preset;

  private ProviderSettings(Builder builder, URI url) {
    this.id = builder.id;
    this.displayName = builder.displayName == null ? url.getHost() : builder.displayName;
    this.url = url;
    this.clientId = builder.clientId;
    this.clientSecret = builder.clientSecret;
    this.clientKey = builder.clientKey;
    this.scopes = builder.scopes;
    this.timeout = builder.timeout;
    this.discovery = builder.discovery;
    this.userIdPrefix = builder.prefixed ? id + ":" : "";
    this.preset = builder.preset == null ? Preset.of(url).orElse(null) : builder.preset;
  }

  /**
   * Begins with what every provider needs.
   *
   * @param id lower-case letters, digits and hyphens; stands in URLs and is kept with each grant
   * @param url the provider's issuer, or with {@link Builder#withoutDiscovery()} its authorization
   *     endpoint; https, or http on this machine
   * @param clientId as the provider registered this server
   */
  public static Builder builder(String id, String url, String clientId) {
    return new Builder(id, url, clientId);
  }

  /**
   * Begins with a provider whose ways are known. The ids of its users begin with the provider's.
   *
   * @param clientId as the provider registered this server
   */
  public static Builder builder(Preset preset, String clientId) {
    Builder builder = new Builder(preset.id(), preset.url(), clientId);
    builder.preset = preset;
    return builder.displayName(preset.displayName()).prefixedUserIds();
  }

  /** The provider's id. */
  public String id() {
    return id;
  }

  /** What users know the provider by; its host name unless set. */
  public String displayName() {
    return displayName;
  }

  /** The URL as the operator gave it. */
  public URI url() {
    return url;
  }

  /** This server's client id at the provider. */
  public String clientId() {
    return clientId;
  }

  /** This server's secret at the provider; null where it has none. */
  public @Nullable Secret clientSecret() {
    return clientSecret;
  }

  /**
   * The key by which this server proves who it is, in place of a secret; null where it has none.
   */
  @Nullable ClientKey clientKey() {
    return clientKey;
  }

  /** What to ask the provider for: the operator's list, or else the given one. */
  public Scopes scopesOr(Scopes usual) {
    return scopes == null ? usual : scopes;
  }

  /** The most that one operation, with all its requests, may take. */
  public Duration timeout() {
    return timeout;
  }

  /**
   * The most that a refresh may take: while one instance asks the provider all others wait, and if
   * it dies they wait for ten seconds.
   */
  Duration refreshTimeout() {
    return timeout.compareTo(MAX_REFRESH_TIMEOUT) < 0 ? timeout : MAX_REFRESH_TIMEOUT;
  }

  /** Whether the endpoints are read from the provider's metadata. */
  public boolean usesDiscovery() {
    return discovery;
  }

  /** What the ids of users begin with; empty when they are the provider's own. */
  String userIdPrefix() {
    return userIdPrefix;
  }

  /** What is known of the provider, by the operator's word or by its host; null for nothing. */
  @Nullable Preset preset() {
    return preset;
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "ProviderSettings[" + id + ", " + url + "]";
  }

  /** Collects settings and checks them. */
  public static final class Builder {

    private final String id;
    private final String url;
    private final String clientId;
    private @Nullable String displayName;
    private @Nullable Secret clientSecret;
    private @Nullable ClientKey clientKey;
    private @Nullable Scopes scopes;
    private Duration timeout = MAX_TIMEOUT;
    private boolean discovery = true;
    private boolean prefixed;
    private @Nullable Preset preset;

    private Builder(String id, String url, String clientId) {
      this.id = id;
      this.url = url;
      this.clientId = clientId;
    }

    /** What users know the provider by. */
    public Builder displayName(String displayName) {
      this.displayName = displayName;
      return this;
    }

    /** This server's secret at the provider. */
    public Builder clientSecret(Secret clientSecret) {
      this.clientSecret = clientSecret;
      return this;
    }

    /** The key by which this server proves who it is, in place of a secret. */
    public Builder clientKey(ClientKey clientKey) {
      this.clientKey = clientKey;
      return this;
    }

    /** What to ask the provider for in place of what its kind usually needs. */
    public Builder scopes(Scopes scopes) {
      this.scopes = scopes;
      return this;
    }

    /** The most that one operation may take: more than zero, at most ten seconds (UP-17). */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /**
     * Begins the ids of users with the provider's id and a colon, as is needed for all but one of
     * several providers: the same subject at two of them is two users (UP-14).
     */
    public Builder prefixedUserIds() {
      this.prefixed = true;
      return this;
    }

    /**
     * For a provider that publishes no metadata: the URL is its authorization endpoint and ends in
     * {@code /authorize}; {@code token} and {@code userinfo} are beside it. Only the operator can
     * know that: the client secret is sent there.
     */
    public Builder withoutDiscovery() {
      this.discovery = false;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException with a message fit for an operator, without the secret
     */
    public ProviderSettings build() {
      require(ID.matcher(id).matches(), "the provider id needs lower-case letters and digits");
      require(isLine(clientId), "the client id at provider " + id + " is empty or malformed");
      require(displayName == null || isLine(displayName), "the display name is malformed");
      require(
          clientSecret == null || isLine(clientSecret.expose()),
          "the client secret at provider " + id + " is empty or malformed");
      require(
          clientSecret == null || clientKey == null,
          "a client at provider " + id + " has a secret or a key, not both");
      require(
          timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_TIMEOUT) <= 0,
          "the provider timeout must be above zero and at most " + MAX_TIMEOUT.toSeconds() + " s");
      return new ProviderSettings(this, ProviderUrl.check(id, url, discovery));
    }

    private static boolean isLine(String text) {
      return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String message) {
      if (!condition) {
        throw new IllegalArgumentException(message);
      }
    }
  }
}
