package io.mcpoauth.servlet.endpoint;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.servlet.endpoint.Route.Audience;
import io.mcpoauth.servlet.endpoint.Route.Cost;
import io.mcpoauth.servlet.internal.render.ClientErrors;
import io.mcpoauth.servlet.internal.render.ErrorAnswers;
import io.mcpoauth.servlet.internal.render.IntrospectAnswers;
import io.mcpoauth.servlet.internal.render.RegistrationAnswers;
import io.mcpoauth.servlet.internal.render.RevokeAnswers;
import io.mcpoauth.servlet.internal.render.TokenAnswers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which path leads to which endpoint. Paths are those below the issuer and match to the byte:
 * whoever writes a path in another way gets 404 (HP-18).
 */
final class Routes {

  private static final Set<String> GET = Set.of("GET");
  private static final Set<String> POST = Set.of("POST");
  private static final Set<String> GET_AND_HEAD = Set.of("GET", "HEAD");
  private static final String RESOURCE_METADATA = "/.well-known/oauth-protected-resource";

  /** RFC 8414 section 3, and the OpenID Connect name that some clients try as well. */
  private static final List<String> SERVER_METADATA =
      List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration");

  /** Each provider can have a redirect URI of its own (RFC 9700 section 4.4.2.2). */
  static final String PROVIDER_CALLBACK = "/callback/";

  private static final Pattern PROVIDER_CALLBACK_PATH =
      Pattern.compile(PROVIDER_CALLBACK + "[a-z0-9-]{1,40}");

  /** Each client that manages its registration has a URL of its own (RFC 7592 section 3). */
  private static final Pattern REGISTRATION = Pattern.compile("/register/[A-Za-z0-9_-]{22}");

  private final Map<String, Route> byPath = new HashMap<>();
  private final Route callback;
  private final Route registration;

  Routes(AuthorizationServer server, ErrorAnswers errors, ClientFailures failures) {
    BrowserEndpoints browser = new BrowserEndpoints(server, errors);
    callback = forBrowsers(GET, browser.unframed(new CallbackEndpoint(server, browser)));
    byPath.put("/callback", callback);
    byPath.put(
        "/authorize", forBrowsers(GET, browser.unframed(new AuthorizeEndpoint(server, browser))));
    byPath.put(
        "/consent", forBrowsers(POST, browser.unframed(new ConsentEndpoint(server, browser))));
    addAccount(new AccountEndpoints(server, browser), browser);
    registration =
        forClients(
            Set.of("GET", "PUT", "DELETE"),
            new ManageEndpoint(
                server, new RegistrationAnswers(new ClientErrors(errors), errors), errors));
    addClientEndpoints(server, errors, failures);
    addDocuments(server);
    Route ready = forOperators(new HealthEndpoint(server::isReady));
    byPath.put("/health", ready);
    byPath.put("/health/ready", ready);
    byPath.put("/health/live", forOperators(new HealthEndpoint(() -> true)));
  }

  /** The endpoint at this path below the issuer. */
  Optional<Route> at(String path) {
    if (PROVIDER_CALLBACK_PATH.matcher(path).matches()) {
      return Optional.of(callback);
    }
    return REGISTRATION.matcher(path).matches()
        ? Optional.of(registration)
        : Optional.ofNullable(byPath.get(path));
  }

  private void addAccount(AccountEndpoints account, BrowserEndpoints browser) {
    byPath.put(AccountEndpoints.PATH, forBrowsers(GET, browser.unframed(account::show)));
    byPath.put(AccountEndpoints.SIGN_IN, forBrowsers(POST, browser.unframed(account::signIn)));
    byPath.put(
        AccountEndpoints.DISCONNECT, forBrowsers(POST, browser.unframed(account::disconnect)));
    byPath.put(AccountEndpoints.SIGN_OUT, forBrowsers(POST, browser.unframed(account::signOut)));
  }

  private void addClientEndpoints(
      AuthorizationServer server, ErrorAnswers errors, ClientFailures failures) {
    ClientErrors clientErrors = new ClientErrors(errors);
    byPath.put(
        "/token",
        forClients(
            POST, new TokenEndpoint(server, new TokenAnswers(clientErrors), errors, failures)));
    byPath.put(
        "/revoke",
        forClients(
            POST, new RevokeEndpoint(server, new RevokeAnswers(clientErrors), errors, failures)));
    byPath.put(
        "/introspect",
        new Route(
            Audience.OPERATOR,
            POST,
            Cost.REQUEST,
            new IntrospectEndpoint(server, new IntrospectAnswers(clientErrors), errors, failures)));
    RegistrationAnswers registrationAnswers = new RegistrationAnswers(clientErrors, errors);
    byPath.put(
        "/register",
        new Route(
            Audience.CLIENT,
            POST,
            Cost.REGISTRATION,
            new RegisterEndpoint(server, registrationAnswers, errors)));
  }

  private void addDocuments(AuthorizationServer server) {
    String prefix = server.settings().pathPrefix();
    Route metadata = document(new DocumentEndpoint(server::authorizationServerMetadata));
    for (String name : SERVER_METADATA) {
      byPath.put(name, metadata);
      byPath.put(name + prefix, metadata);
    }
    List<ProtectedResource> resources = server.settings().resources();
    byPath.put(RESOURCE_METADATA, resourceMetadata(server, resources.get(0)));
    for (ProtectedResource resource : resources) {
      Route route = resourceMetadata(server, resource);
      byPath.put(RESOURCE_METADATA + resource.uri().path(), route);
      byPath.put(RESOURCE_METADATA + resource.uri().path() + "/", route);
    }
    byPath.put("/jwks", document(new DocumentEndpoint(server::jwks)));
  }

  private static Route resourceMetadata(AuthorizationServer server, ProtectedResource resource) {
    return document(new DocumentEndpoint(() -> server.protectedResourceMetadata(resource)));
  }

  private static Route document(Endpoint endpoint) {
    return new Route(Audience.CLIENT, GET_AND_HEAD, Cost.NOTHING, endpoint);
  }

  private static Route forBrowsers(Set<String> methods, Endpoint endpoint) {
    return new Route(Audience.BROWSER, methods, Cost.REQUEST, endpoint);
  }

  private static Route forClients(Set<String> methods, Endpoint endpoint) {
    return new Route(Audience.CLIENT, methods, Cost.REQUEST, endpoint);
  }

  private static Route forOperators(Endpoint endpoint) {
    return new Route(Audience.OPERATOR, GET_AND_HEAD, Cost.NOTHING, endpoint);
  }
}
