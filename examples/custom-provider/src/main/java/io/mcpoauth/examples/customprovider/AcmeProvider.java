package io.mcpoauth.examples.customprovider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.provider.IdentityProviderFactory;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sign-in at Acme, a service with a protocol of its own: its answers hold a session and an employee
 * where OAuth 2.0 has tokens and claims. Employees are known by their number, since addresses and
 * names are given to others in time.
 */
public final class AcmeProvider implements IdentityProvider {

  private static final long TIMEOUT_SECONDS = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI url;
  private final Secret appId;
  private final Secret appSecret;
  private final InstantSource clock;

  /** Never follows a redirect: it would carry the secret along. */
  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  AcmeProvider(URI url, Secret appId, Secret appSecret, InstantSource clock) {
    this.url = url;
    this.appId = appId;
    this.appSecret = appSecret;
    this.clock = clock;
  }

  // snippet: factory
  /** Reads {@code ACME_URL}, {@code ACME_APP_ID} and {@code ACME_APP_SECRET}. */
  public static final class Factory implements IdentityProviderFactory {

    @Override
    public String id() {
      return "acme";
    }

    @Override
    public IdentityProvider create(Map<String, Secret> settings, InstantSource clock) {
      return new AcmeProvider(
          URI.create(required(settings, "URL").expose()),
          required(settings, "APP_ID"),
          required(settings, "APP_SECRET"),
          clock);
    }

    private static Secret required(Map<String, Secret> settings, String name) {
      Secret value = settings.get(name);
      if (value == null) {
        throw new IllegalArgumentException("ACME_" + name + " is missing");
      }
      return value;
    }
  }

  // end snippet: factory

  @Override
  public String id() {
    return "acme";
  }

  @Override
  public String displayName() {
    return "Acme";
  }

  @Override
  public StartAnswer start(SignInRequest request) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("app", appId.expose());
    query.put("redirect_uri", request.redirectUri().toString());
    query.put("state", request.state());
    query.put("code_challenge", request.codeChallenge().value());
    query.put("code_challenge_method", "S256");
    return new StartAnswer.Redirect(URI.create(url + "/login?" + form(query)));
  }

  // snippet: finish
  @Override
  public SignInAnswer finish(SignInCallback callback) {
    if (callback.parameters().isAnyRepeated(List.of("code", "error"))) {
      return new SignInAnswer.Rejected("a parameter stands twice");
    }
    if ("access_denied".equals(callback.parameters().get("error"))) {
      return new SignInAnswer.Denied();
    }
    String code = callback.parameters().get("code");
    if (code == null) {
      return new SignInAnswer.Rejected("there is no code");
    }
    Reply reply =
        post("/sessions", Map.of("code", code, "verifier", callback.codeVerifier().expose()));
    return switch (reply.kind()) {
      case GOOD -> signedIn(reply.body());
      case REFUSED -> new SignInAnswer.Rejected("Acme does not know the code");
      case NONE -> new SignInAnswer.Unavailable("Acme does not answer");
    };
  }

  // end snippet: finish

  // snippet: refresh
  @Override
  public RefreshAnswer refresh(UpstreamTokens tokens) {
    Secret renewal = tokens.refreshToken();
    if (renewal == null) {
      return new RefreshAnswer.GrantDead();
    }
    Reply reply = post("/sessions/renew", Map.of("renewal", renewal.expose()));
    return switch (reply.kind()) {
      case GOOD -> refreshed(reply.body());
      case REFUSED -> new RefreshAnswer.GrantDead();
      case NONE -> new RefreshAnswer.Unavailable("Acme does not answer");
    };
  }

  // end snippet: refresh

  private SignInAnswer signedIn(JsonNode body) {
    User user = user(body.path("employee"));
    UpstreamTokens tokens = tokens(body.path("session"));
    return user == null || tokens == null
        ? new SignInAnswer.Rejected("Acme sent no employee or no session")
        : new SignInAnswer.SignedIn(user, tokens);
  }

  private RefreshAnswer refreshed(JsonNode body) {
    UpstreamTokens tokens = tokens(body.path("session"));
    return tokens == null
        ? new RefreshAnswer.Unavailable("Acme sent no session")
        : new RefreshAnswer.Refreshed(tokens, user(body.path("employee")));
  }

  /** The id begins with the provider's, so that no other provider can have the same user. */
  private static @Nullable User user(JsonNode employee) {
    JsonNode number = employee.path("number");
    if (!number.isIntegralNumber()) {
      return null;
    }
    boolean confirmed = employee.path("mail_confirmed").asBoolean(false);
    return new User(
        "acme:" + number.asText(),
        "acme",
        confirmed ? employee.path("mail").textValue() : null,
        employee.path("display").textValue());
  }

  private @Nullable UpstreamTokens tokens(JsonNode session) {
    String token = session.path("token").textValue();
    String renewal = session.path("renewal").textValue();
    return token == null || renewal == null
        ? null
        : new UpstreamTokens(
            Secret.of(token),
            Secret.of(renewal),
            clock.instant().plusSeconds(session.path("ttl").asLong(300)));
  }

  /** What Acme answered; a class and not a record, since the body holds tokens. */
  private static final class Reply {

    enum Kind {
      GOOD,
      REFUSED,
      NONE
    }

    private final Kind kind;
    private final JsonNode body;

    Reply(Kind kind, JsonNode body) {
      this.kind = kind;
      this.body = body;
    }

    Kind kind() {
      return kind;
    }

    JsonNode body() {
      return body;
    }
  }

  private static final Reply NO_REPLY = new Reply(Reply.Kind.NONE, MissingNode.getInstance());

  private Reply post(String path, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("app", appId.expose());
    all.put("secret", appSecret.expose());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(all)))
            .build();
    CompletableFuture<HttpResponse<String>> exchange =
        http.sendAsync(request, BodyHandlers.ofString());
    try {
      return read(exchange.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      exchange.cancel(true);
    }
    return NO_REPLY;
  }

  private static Reply read(HttpResponse<String> response) {
    if (response.statusCode() == 400 || response.statusCode() == 410) {
      return new Reply(Reply.Kind.REFUSED, MissingNode.getInstance());
    }
    try {
      return response.statusCode() == 200
          ? new Reply(Reply.Kind.GOOD, JSON.readTree(response.body()))
          : NO_REPLY;
    } catch (JsonProcessingException e) {
      return NO_REPLY;
    }
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
