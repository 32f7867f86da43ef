package io.mcpoauth.examples.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.ServerSettings.Lifetimes;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.IntrospectOutcome;
import io.mcpoauth.core.access.IntrospectRequest;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.client.RegistrationOutcome;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.provider.ProviderSettings;
import io.mcpoauth.core.provider.Providers;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.StorageException;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An application on the HTTP server of the JDK that signs its users in, from the first 401 to the
 * user's name. Each handler reads a request, calls the core once, and writes the outcome.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final int MAX_BODY = 64 * 1024;
  private static final String COOKIE = "__Host-mcp-";
  private static final String COOKIE_ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Lax";

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

  /** From a request to the answer. */
  private interface Handler {
    Reply answer(HttpExchange request) throws IOException;
  }

  /** An answer with its header fields in pairs of name and value. */
  private record Reply(int status, String body, List<String> fields) {

    static Reply of(int status, String body, String... fields) {
      return new Reply(status, body, List.of(fields));
    }
  }

  private final AuthorizationServer server;
  private final ProtectedResource resource;
  private final HttpServer http;
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private final Map<String, Handler> handlers = new HashMap<>();

  private EmbeddedServer(AuthorizationServer server, HttpServer http) {
    this.server = server;
    this.resource = server.settings().resources().get(0);
    this.http = http;
    handlers.put("GET /authorize", this::authorize);
    handlers.put("POST /consent", this::consent);
    handlers.put("GET /callback", this::callback);
    handlers.put("POST /token", this::token);
    handlers.put("POST /revoke", this::revoke);
    handlers.put("POST /introspect", this::introspect);
    handlers.put("POST /register", this::register);
    handlers.put("GET /jwks", request -> json(200, server.jwks()));
    handlers.put(
        "GET /.well-known/oauth-authorization-server",
        request -> json(200, server.authorizationServerMetadata()));
    handlers.put(
        "GET /.well-known/oauth-protected-resource/mcp",
        request -> json(200, server.protectedResourceMetadata(resource)));
    handlers.put("POST /mcp", this::application);
  }

  // snippet: main
  /** Runs the application on port 8080, with what the environment says. */
  public static void main(String[] arguments) throws IOException {
    ProviderSettings provider =
        ProviderSettings.builder(
                "company", variable("OAUTH_AUTHORIZE_URL"), variable("OAUTH_CLIENT_ID"))
            .clientSecret(Secret.of(variable("OAUTH_CLIENT_SECRET")))
            .build();
    start(
        8080,
        Secret.of(variable("ENCRYPTION_KEY")),
        Providers.of(provider, HttpClient.newHttpClient(), InstantSource.system()));
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name + " is missing");
  }

  // end snippet: main

  // snippet: start
  /**
   * Starts the application at {@code http://localhost:<port>}.
   *
   * @param key from {@code openssl rand -base64 32}
   * @param provider where users sign in
   */
  public static EmbeddedServer start(int port, Secret key, IdentityProvider provider)
      throws IOException {
    URI issuer = URI.create("http://localhost:" + port);
    Scopes scopes = Scopes.of("openid", "profile", "email");
    ResourceUri mcp = ResourceUri.parse(issuer + "/mcp").orElseThrow();
    ProtectedResource resource = new ProtectedResource(mcp, scopes, Scopes.of("openid"));
    AuthorizationServer server =
        AuthorizationServer.builder(
                new ServerSettings(issuer, List.of(resource), scopes, Lifetimes.standard()),
                new InMemoryStorage(InstantSource.system()),
                KeyRing.ofBase64(List.of(key)),
                List.of(provider))
            .build();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    EmbeddedServer started = new EmbeddedServer(server, http);
    http.createContext("/", started::handle);
    http.setExecutor(started.threads);
    http.start();
    return started;
  }

  // end snippet: start

  @Override
  public void close() {
    http.stop(0);
    threads.shutdown();
    server.close();
  }

  // snippet: application
  /** The application itself: it asks who may pass, and says hello. */
  private Reply application(HttpExchange request) {
    return server
        .checkAccess(authorization(request), resource)
        .match(
            new AccessDecision.Cases<Reply>() {
              @Override
              public Reply granted(AccessDecision.Granted granted) {
                return Reply.of(200, "Hello, " + granted.user().id(), "Content-Type", "text/plain");
              }

              @Override
              public Reply unauthenticated(AccessDecision.Unauthenticated refused) {
                return Reply.of(401, "", "WWW-Authenticate", refused.challenge());
              }

              @Override
              public Reply insufficientScope(AccessDecision.InsufficientScope refused) {
                return Reply.of(403, "", "WWW-Authenticate", refused.challenge());
              }

              @Override
              public Reply tooManyRequests(AccessDecision.TooManyRequests refused) {
                long seconds = refused.retryAfter().toSeconds() + 1;
                return Reply.of(429, "", "Retry-After", Long.toString(seconds));
              }

              @Override
              public Reply unavailable(AccessDecision.Unavailable outage) {
                return busy();
              }
            });
  }

  // end snippet: application

  private Reply authorize(HttpExchange request) {
    AuthorizeRequest typed =
        new AuthorizeRequest(query(request), cookies(request).get(COOKIE + "consent"));
    return server.authorize(typed).match(new Pages());
  }

  private Reply consent(HttpExchange request) throws IOException {
    String site = request.getRequestHeaders().getFirst("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) { // another site pressed the button
      return page(403, "<p>The form was sent from another site.");
    }
    Parameters form = form(request);
    String ticket = form.get("ticket");
    ConsentSubmission submission =
        new ConsentSubmission(
            ticket == null ? null : Secret.of(ticket),
            form.get("provider"),
            cookies(request).get(COOKIE + "consent"));
    return server.decide(submission).match(new Pages());
  }

  private Reply callback(HttpExchange request) {
    String prefix = COOKIE + "login-";
    Map<String, Secret> logins =
        cookies(request).entrySet().stream()
            .filter(cookie -> cookie.getKey().startsWith(prefix))
            .collect(toMap(cookie -> cookie.getKey().substring(prefix.length()), Entry::getValue));
    return server.callback(new CallbackRequest(query(request), logins)).match(new Pages());
  }

  /** What the browser gets. Redirects have status 303: a form must never be sent on. */
  private static final class Pages implements AuthorizeOutcome.Cases<Reply> {

    @Override
    public Reply askConsent(AuthorizeOutcome.AskConsent outcome) {
      ConsentPage page = outcome.page();
      String buttons =
          page.providers().stream()
              .map(
                  provider ->
                      "<button name=\"provider\" value=\"%s\">Continue with %s</button>"
                          .formatted(escape(provider.id()), escape(provider.displayName())))
              .collect(joining());
      String html =
          """
          <h1>Allow <bdi>%s</bdi> to connect?</h1>
          <p>Nobody has checked this name. It may use %s with the rights <em>%s</em>, and you will
          be sent back to <strong>%s</strong>.</p>
          <form method="post" action="consent">
          <input type="hidden" name="ticket" value="%s">%s<button>Cancel</button></form>
          """
              .formatted(
                  escape(page.clientName()),
                  escape(page.resource().value()),
                  escape(page.scopes().toString()),
                  escape(page.redirectUri().value()),
                  escape(page.ticket().expose()),
                  buttons);
      return page(200, html, "Set-Cookie", cookie("consent", page.browserSecret()));
    }

    @Override
    public Reply toProvider(AuthorizeOutcome.ToProvider outcome) {
      String cookie = cookie("login-" + outcome.loginId(), outcome.browserSecret());
      return Reply.of(303, "", "Location", outcome.location().toString(), "Set-Cookie", cookie);
    }

    @Override
    public Reply toClient(AuthorizeOutcome.ToClient outcome) {
      return Reply.of(303, "", "Location", outcome.location().expose());
    }

    @Override
    public Reply offerReturn(AuthorizeOutcome.OfferReturn outcome) {
      return page(400, wayBack(outcome.error().description(), outcome.location()));
    }

    @Override
    public Reply notAllowed(AuthorizeOutcome.NotAllowed outcome) {
      return page(403, wayBack("You may not use this.", outcome.location()));
    }

    @Override
    public Reply errorPage(AuthorizeOutcome.ErrorPage outcome) {
      String html = "<p>" + escape(outcome.error().description());
      return switch (outcome.kind()) {
        case BAD_REQUEST -> page(400, html);
        case FORBIDDEN -> page(403, html);
        case UNAVAILABLE -> page(503, html);
      };
    }
  }

  private static String wayBack(String text, Secret location) {
    return "<p>%s <a href=\"%s\">Back to the application</a>"
        .formatted(escape(text), escape(location.expose()));
  }

  private Reply token(HttpExchange request) throws IOException {
    TokenOutcome outcome = server.token(new TokenRequest(form(request), authorization(request)));
    return outcome instanceof TokenOutcome.Issued issued
        ? json(200, issued.document().expose())
        : error(((TokenOutcome.Refused) outcome).error());
  }

  private Reply revoke(HttpExchange request) throws IOException {
    RevokeOutcome outcome = server.revoke(new RevokeRequest(form(request), authorization(request)));
    return outcome instanceof RevokeOutcome.Refused refused
        ? error(refused.error())
        : json(200, "{}");
  }

  private Reply introspect(HttpExchange request) throws IOException {
    IntrospectOutcome outcome =
        server.introspect(new IntrospectRequest(form(request), authorization(request)));
    return outcome instanceof IntrospectOutcome.Answered answered
        ? json(200, answered.document())
        : error(((IntrospectOutcome.Refused) outcome).error());
  }

  /** Registration is open to all and not managed, so that there are two outcomes only. */
  private Reply register(HttpExchange request) throws IOException {
    RegistrationOutcome outcome =
        server.register(new RegistrationRequest(body(request), authorization(request)));
    return outcome instanceof RegistrationOutcome.Registered registered
        ? json(201, registered.document().expose())
        : error(((RegistrationOutcome.Refused) outcome).error());
  }

  /** An outage of storage is 503 and never the client's fault; anything else is a bug. */
  private void handle(HttpExchange exchange) throws IOException {
    Handler handler =
        handlers.get(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
    Reply reply;
    try (exchange) {
      try {
        reply = handler == null ? json(404, "{}") : handler.answer(exchange);
      } catch (StorageException e) {
        reply = busy();
      } catch (IllegalArgumentException e) {
        reply = json(400, "{\"error\":\"invalid_request\"}");
      }
      for (int i = 0; i < reply.fields().size(); i += 2) {
        exchange.getResponseHeaders().add(reply.fields().get(i), reply.fields().get(i + 1));
      }
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      byte[] body = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Reply json(int status, String json) {
    return Reply.of(status, json, "Content-Type", "application/json");
  }

  private static Reply busy() {
    return Reply.of(503, "", "Retry-After", "5");
  }

  private static Reply error(OAuthError error) {
    String json = "application/json";
    return switch (error.code()) {
      case INVALID_CLIENT ->
          Reply.of(
              401,
              error.document(),
              "Content-Type",
              json,
              "WWW-Authenticate",
              "Basic realm=\"token\"");
      case TEMPORARILY_UNAVAILABLE -> busy();
      case TOO_MANY_REQUESTS -> Reply.of(429, "", "Retry-After", "60");
      default -> json(400, error.document());
    };
  }

  private static Reply page(int status, String html, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.addAll(List.of("Content-Type", "text/html;charset=utf-8"));
    all.addAll(List.of("Content-Security-Policy", CONTENT_SECURITY_POLICY));
    return new Reply(status, "<!doctype html>" + html, all);
  }

  private static String cookie(String name, Secret value) {
    return COOKIE + name + "=" + value.expose() + "; Max-Age=600" + COOKIE_ATTRIBUTES;
  }

  private static Map<String, Secret> cookies(HttpExchange request) {
    Map<String, Secret> cookies = new HashMap<>();
    for (String field : request.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String pair : field.split(";", -1)) {
        String[] parts = pair.strip().split("=", 2);
        if (parts.length == 2 && parts[0].startsWith(COOKIE)) {
          cookies.put(parts[0], Secret.of(parts[1]));
        }
      }
    }
    return cookies;
  }

  private static @Nullable Secret authorization(HttpExchange request) {
    List<String> values = request.getRequestHeaders().getOrDefault("Authorization", List.of());
    if (values.size() > 1) {
      throw new IllegalArgumentException("more than one Authorization field");
    }
    return values.isEmpty() ? null : Secret.of(values.get(0));
  }

  private static Parameters query(HttpExchange request) {
    return parameters(request.getRequestURI().getRawQuery());
  }

  private static Parameters form(HttpExchange request) throws IOException {
    String type = request.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
      throw new IllegalArgumentException("not a form");
    }
    return parameters(body(request));
  }

  private static Parameters parameters(@Nullable String text) {
    return Parameters.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("malformed parameters"));
  }

  private static String body(HttpExchange request) throws IOException {
    byte[] body = request.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new IllegalArgumentException("too long");
    }
    return new String(body, UTF_8);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
