package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
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
public final class GitHubProvider implements IdentityProvider {

  private static final Scopes USUAL_SCOPES = Scopes.of("read:user", "user:email");
  private static final Set<String> AUTHENTICATION_METHODS =
      Set.of(ClientAuthenticationMethod.CLIENT_SECRET_POST.wireName());

  private final ProviderSettings settings;
  private final GitHubEndpoints endpoints;
  private final GuardedHttp http;
  private final TokenEndpoint tokenEndpoint;

  /**
   * The provider at github.com.
   *
   * @param settings whose URL is not used
   * @param client shared by the application; must follow no redirects
   * @throws IllegalArgumentException when the client follows redirects
   */
  public GitHubProvider(ProviderSettings settings, HttpClient client, InstantSource clock) {
    this(settings, client, clock, GitHubEndpoints.ofGitHub());
  }

  GitHubProvider(
      ProviderSettings settings,
      HttpClient client,
      InstantSource clock,
      GitHubEndpoints endpoints) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.http = new GuardedHttp(client);
    this.tokenEndpoint = new TokenEndpoint(http, new ClientCredentials(settings), clock);
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
    Scopes scopes = settings.scopesOr(USUAL_SCOPES);
    return new StartAnswer.Redirect(
        AuthorizationUrl.of(
            endpoints.authorization(), settings.clientId(), scopes, request, false));
  }

  @Override
  public SignInAnswer finish(SignInCallback callback) {
    Deadline deadline = Deadline.in(settings.timeout());
    return CallbackReader.read(callback.parameters(), endpoints.issuer(), false)
        .then(
            code ->
                tokenEndpoint.redeem(
                    endpoints.token(), AUTHENTICATION_METHODS, code, callback, deadline))
        .then(granted -> signedIn(granted.tokens(), deadline))
        .finish(answer -> answer);
  }

  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    Deadline deadline = Deadline.in(settings.timeout());
    return tokenEndpoint.refresh(endpoints.token(), AUTHENTICATION_METHODS, tokens, deadline);
  }

  private Step<SignInAnswer> signedIn(UpstreamTokens tokens, Deadline deadline) {
    Secret accessToken = tokens.accessToken();
    return Step.of(http.get(endpoints.user(), accessToken, deadline))
        .then(GitHubProvider::readAccount)
        .then(
            account ->
                Step.of(http.get(endpoints.emails(), accessToken, deadline))
                    .then(reply -> user(account, reply)))
        .then(user -> new Step.Next<>(new SignInAnswer.SignedIn(user, tokens)));
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
    return new Step.Next<>(new User(number, settings.id(), email, name));
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
