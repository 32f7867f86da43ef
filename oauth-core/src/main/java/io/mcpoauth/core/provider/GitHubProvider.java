package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * GitHub, which has no OpenID Connect for users.
 *
 * <p>The user's id is the account's number: login names are recycled (UP-14). The e-mail address is
 * the primary one, and only when GitHub has verified it; the address in the profile is what the
 * user typed there. Both kinds of tokens are known: those of GitHub apps end and are refreshed,
 * those of OAuth apps do not end.
 */
final class GitHubProvider implements IdentityProvider {

  private static final Scopes NEEDED = Scopes.of("read:user", "user:email");
  private static final Scopes NEEDED_FOR_ORGANIZATIONS = Scopes.of("read:org");

  /** What MCP clients ask of an OpenID provider by habit. */
  private static final Scopes UNKNOWN_THERE =
      Scopes.of("openid", "profile", "email", "offline_access");

  private static final Set<String> AUTHENTICATION_METHODS =
      Set.of(ClientAuthenticationMethod.CLIENT_SECRET_POST.wireName());

  private final ProviderSettings settings;
  private final Set<String> organizations;
  private final InstantSource clock;
  private final GitHubEndpoints endpoints;
  private final GuardedHttp http;
  private final GitHubMemberships memberships;
  private final TokenEndpoint tokenEndpoint;

  /**
   * The provider at github.com.
   *
   * @param settings whose URL is not used
   * @param organizations of which a user must be a member of one; empty for any account
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public GitHubProvider(
      ProviderSettings settings,
      Set<String> organizations,
      HttpClient client,
      InstantSource clock) {
    this(settings, organizations, client, clock, GitHubEndpoints.ofGitHub());
  }

  GitHubProvider(
      ProviderSettings settings,
      Set<String> organizations,
      HttpClient client,
      InstantSource clock,
      GitHubEndpoints endpoints) {
    this.settings = settings;
    this.organizations = Set.copyOf(organizations);
    this.clock = clock;
    this.endpoints = endpoints;
    this.http = new GuardedHttp(client);
    this.memberships = new GitHubMemberships(endpoints.memberships(), organizations, http);
    this.tokenEndpoint = new TokenEndpoint(http, new ClientCredentials(settings, clock), clock);
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
    return new StartAnswer.Redirect(location(request));
  }

  private URI location(SignInRequest request) {
    return AuthorizationUrl.of(
        endpoints.authorization(), settings.clientId(), scopes(), request, false, Map.of());
  }

  @Override
  public List<Finding> examine(SignInRequest request) {
    return new Examination(http, tokenEndpoint, clock)
        .of(location(request), request, tokenEndpointUntil(Deadline.in(settings.timeout())));
  }

  private Scopes scopes() {
    Scopes scopes = settings.scopesOr(Scopes.none()).minus(UNKNOWN_THERE).plus(NEEDED);
    return organizations.isEmpty() ? scopes : scopes.plus(NEEDED_FOR_ORGANIZATIONS);
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    Deadline deadline = Deadline.in(settings.timeout());
    return CallbackReader.read(callback.parameters(), endpoints.issuer()::equals, false)
        .then(code -> tokenEndpoint.redeem(tokenEndpointUntil(deadline), code, callback))
        .then(granted -> signedIn(granted.tokens(), deadline))
        .finish(answer -> answer);
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    Deadline deadline = Deadline.in(settings.refreshTimeout());
    return tokenEndpoint.refresh(
        tokenEndpointUntil(deadline),
        tokens,
        Scopes.none(),
        granted -> refreshed(granted.tokens(), deadline));
  }

  private TokenEndpoint.Provider tokenEndpointUntil(Deadline deadline) {
    return new TokenEndpoint.Provider(endpoints.token(), AUTHENTICATION_METHODS, deadline);
  }

  private Step<SignInAnswer> signedIn(UpstreamTokens tokens, Deadline deadline) {
    Secret accessToken = tokens.accessToken();
    return Step.of(http.get(endpoints.user(), accessToken, deadline))
        .then(GitHubProvider::readAccount)
        .then(
            account ->
                Step.of(http.get(endpoints.emails(), accessToken, deadline))
                    .then(reply -> user(account, reply)))
        .then(user -> memberships.require(user, accessToken, deadline))
        .then(user -> new Step.Next<>(new SignInAnswer.SignedIn(user, tokens)));
  }

  /** An outage of the rest of GitHub must not lose the new tokens: the old ones are spent. */
  private RefreshAnswer refreshed(UpstreamTokens tokens, Deadline deadline) {
    SignInAnswer answer = signedIn(tokens, deadline).finish(signedIn -> signedIn);
    if (answer instanceof SignInAnswer.NotAllowed denied) {
      return new RefreshAnswer.NotAllowed(denied.rule());
    }
    return answer instanceof SignInAnswer.SignedIn signedIn
        ? new RefreshAnswer.Refreshed(tokens, signedIn.user())
        : new RefreshAnswer.Refreshed(tokens);
  }

  private static Step<JsonObject> readAccount(HttpReply reply) {
    if (reply.isTrouble() || reply.status() == 403) {
      // GitHub answers 403, too, when a rate limit is used up.
      return Step.unavailable("the user endpoint answered " + reply.status());
    }
    return JsonObject.parse(reply.body())
        .filter(account -> reply.isSuccess())
        .<Step<JsonObject>>map(Step.Next::new)
        .orElse(Step.rejected("the user endpoint sent no account, status " + reply.status()));
  }

  /** The app may lack the right to read addresses (403, 404): then the user has none. */
  private Step<User> user(JsonObject account, HttpReply emails) {
    String number = account.numericId("id");
    if (number == null) {
      return Step.rejected("the account has no number");
    }
    if (emails.isTrouble()) {
      return Step.unavailable("the e-mail endpoint answered " + emails.status());
    }
    String email = emails.isSuccess() ? primaryVerified(emails.body()) : null;
    String name = Profile.nameIn(account, "login");
    return new Step.Next<>(new User(settings.userIdPrefix() + number, settings.id(), email, name));
  }

  private static @Nullable String primaryVerified(String body) {
    for (JsonObject entry : JsonObject.parseArray(body).orElse(List.of())) {
      if (entry.isTrue("primary") && entry.isTrue("verified")) {
        return Profile.emailIn(entry, "email");
      }
    }
    return null;
  }
}
