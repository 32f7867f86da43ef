package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;

/**
 * Any OpenID Connect provider, and any OAuth 2.0 one that has a userinfo endpoint.
 *
 * <p>With {@code openid} among the scopes and a key set in the provider's metadata, users are known
 * by their verified ID token and never without one; otherwise by what the userinfo endpoint says.
 * The user's id is the provider's {@code sub} (or {@code id}, in plain OAuth 2.0).
 */
final class OpenIdProvider implements IdentityProvider {

  private static final Scopes USUAL_SCOPES = Scopes.of("openid", "profile", "email");
  private static final String OPENID = "openid";
  private static final Duration METADATA_LIFE = Duration.ofHours(1);
  private static final Duration METADATA_PAUSE = Duration.ofSeconds(10);

  private final ProviderSettings settings;
  private final Dialect dialect;
  private final Scopes scopes;
  private final InstantSource clock;
  private final GuardedHttp http;
  private final RefreshingCopy<ProviderMetadata> metadata;
  private final TokenEndpoint tokenEndpoint;
  private final Identification identification;

  /**
   * A provider that has not been asked for anything yet.
   *
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public OpenIdProvider(ProviderSettings settings, HttpClient client, InstantSource clock) {
    this(settings, Dialect.STANDARD, client, clock);
  }

  OpenIdProvider(
      ProviderSettings settings, Dialect dialect, HttpClient client, InstantSource clock) {
    this.settings = settings;
    this.dialect = dialect;
    this.scopes = dialect.scopes(settings.scopesOr(USUAL_SCOPES));
    this.clock = clock;
    this.http = new GuardedHttp(client);
    Discovery discovery =
        new Discovery(settings.url(), scopes.containsAll(Scopes.of(OPENID)), dialect, http);
    this.metadata = new RefreshingCopy<>(clock, METADATA_LIFE, METADATA_PAUSE, discovery::discover);
    this.tokenEndpoint = new TokenEndpoint(http, new ClientCredentials(settings, clock), clock);
    this.identification =
        new Identification(
            settings,
            dialect,
            new IdTokenVerifier(settings.clientId(), clock, this::fetchKeySet),
            new UserInfo(http));
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public String displayName() {
    return settings.displayName();
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    Fetched<ProviderMetadata> fetched = metadata(Deadline.in(settings.timeout()));
    if (fetched instanceof Fetched.Got<ProviderMetadata> got) {
      return new StartAnswer.Redirect(location(got.value(), request));
    }
    return new StartAnswer.Unavailable(((Fetched.Missed<ProviderMetadata>) fetched).cause());
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    Deadline deadline = Deadline.in(settings.timeout());
    return Step.of(metadata(deadline))
        .then(provider -> finish(provider, callback, deadline))
        .finish(answer -> answer);
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    Deadline deadline = Deadline.in(settings.refreshTimeout());
    Fetched<ProviderMetadata> fetched = metadata(deadline);
    if (fetched instanceof Fetched.Got<ProviderMetadata> got) {
      ProviderMetadata provider = got.value();
      return tokenEndpoint.refresh(
          endpointOf(provider, deadline),
          tokens,
          dialect.repeatsScopesAtRefresh() ? scopes : Scopes.none(),
          granted -> identification.refreshed(provider, granted, isOpenId(provider), deadline));
    }
    return new RefreshAnswer.Unavailable(((Fetched.Missed<ProviderMetadata>) fetched).cause());
  }

  @Override
  public RevokeAnswer revoke(UpstreamTokens tokens) {
    Deadline deadline = Deadline.in(settings.timeout());
    Fetched<ProviderMetadata> fetched = metadata(deadline);
    if (fetched instanceof Fetched.Got<ProviderMetadata> got) {
      URI revocation = got.value().revocation();
      return revocation == null
          ? new RevokeAnswer.NotOffered()
          : tokenEndpoint.revoke(endpointOf(got.value(), deadline), revocation, tokens);
    }
    return new RevokeAnswer.Unavailable(((Fetched.Missed<ProviderMetadata>) fetched).cause());
  }

  @Override
  public List<Finding> examine(SignInRequest request) {
    Deadline deadline = Deadline.in(settings.timeout());
    Fetched<ProviderMetadata> fetched = metadata(deadline);
    if (!(fetched instanceof Fetched.Got<ProviderMetadata> got)) {
      return List.of(
          Finding.broken(
              "the metadata cannot be used: "
                  + ((Fetched.Missed<ProviderMetadata>) fetched).cause(),
              "Give the provider's issuer to the letter, and see that this machine may connect to"
                  + " it."));
    }
    ProviderMetadata provider = got.value();
    List<Finding> findings = new ArrayList<>();
    if (provider.issuer() != null) {
      findings.add(Finding.sound("the metadata is that of " + provider.issuer()));
    }
    if (isOpenId(provider)) {
      findings.add(keySet(fetchKeySet(deadline).then(KeySet::read)));
    }
    findings.addAll(
        new Examination(http, tokenEndpoint, clock)
            .of(location(provider, request), request, endpointOf(provider, deadline)));
    return findings;
  }

  private static Finding keySet(Fetched<List<JsonWebKey>> fetched) {
    if (fetched instanceof Fetched.Got<List<JsonWebKey>> got) {
      int keys = got.value().size();
      return keys > 0
          ? Finding.sound("the key set has " + keys + " keys")
          : Finding.broken(
              "the key set has no key that can be used", "No ID token can be verified.");
    }
    return Finding.broken(
        ((Fetched.Missed<List<JsonWebKey>>) fetched).cause(), "No ID token can be verified.");
  }

  private URI location(ProviderMetadata provider, SignInRequest request) {
    return AuthorizationUrl.of(
        provider.authorization(),
        settings.clientId(),
        scopes,
        request,
        isOpenId(provider),
        dialect.authorizationParameters());
  }

  private Step<SignInAnswer> finish(
      ProviderMetadata provider, SignInCallback callback, Deadline deadline) {
    String issuer = provider.issuer();
    return CallbackReader.read(
            callback.parameters(),
            named -> issuer != null && dialect.isResponseIssuer(issuer, named),
            provider.sendsIssuer())
        .then(code -> tokenEndpoint.redeem(endpointOf(provider, deadline), code, callback))
        .then(
            granted ->
                identification.signedIn(
                    provider, granted, isOpenId(provider), callback.nonce(), deadline));
  }

  private static TokenEndpoint.Provider endpointOf(ProviderMetadata provider, Deadline deadline) {
    return new TokenEndpoint.Provider(provider.token(), provider.authenticationMethods(), deadline);
  }

  private boolean isOpenId(ProviderMetadata provider) {
    return provider.jwks() != null && scopes.containsAll(Scopes.of(OPENID));
  }

  private Fetched<ProviderMetadata> metadata(Deadline deadline) {
    return settings.usesDiscovery()
        ? metadata.get(deadline)
        : new Fetched.Got<>(ProviderMetadata.besides(settings.url()));
  }

  private Fetched<HttpReply> fetchKeySet(Deadline deadline) {
    return metadata(deadline)
        .then(
            provider -> {
              URI jwks = provider.jwks();
              return jwks == null
                  ? new Fetched.Missed<>("the provider has no key set")
                  : http.get(jwks, deadline);
            });
  }
}
