package io.mcpoauth.core.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.AuthorizationServerBuilder;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.ScriptedProvider;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.revoke.RevokeOutcome;
import io.mcpoauth.core.revoke.RevokeRequest;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A server with two clients and two providers, and the steps from a request to tokens. */
final class Flow implements AutoCloseable {

  static final String ISSUER = "https://proxy.example";
  static final String REDIRECT_URI = "https://client.example/callback";
  static final String OTHER_REDIRECT_URI = "https://client.example/other";
  static final String VERIFIER = "the-verifier-of-this-test-has-43-characters";
  static final String SECRET = "the secret of the confidential client";
  static final ProtectedResource MCP = resource("https://proxy.example/mcp");
  static final ProtectedResource OTHER_MCP = resource("https://proxy.example/other");

  final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  final InMemoryStorage storage = new InMemoryStorage(clock);
  final ScriptedProvider provider = new ScriptedProvider("idp");
  final ScriptedProvider otherProvider = new ScriptedProvider("other-idp");
  final List<AuditEvent> audited = new CopyOnWriteArrayList<>();
  final Secret encryptionKey = newKey();
  private final KeyRing keys = KeyRing.ofBase64(List.of(encryptionKey));
  private final RegistrationSettings registration;
  final AuthorizationServer server;
  private int nudges;

  Flow() {
    this(RegistrationSettings.open());
  }

  Flow(RegistrationSettings registration) {
    this.registration = registration;
    server = instance();
    register("client", ClientAuthenticationMethod.NONE, REDIRECT_URI);
    register("confidential", ClientAuthenticationMethod.CLIENT_SECRET_POST, REDIRECT_URI);
  }

  /** An encryption key as an operator would make one. */
  static Secret newKey() {
    return Secret.of(Base64.getEncoder().encodeToString(SecretSource.system().bytes(32)));
  }

  /** Another instance on the same storage; the caller closes it. */
  AuthorizationServer otherInstance() {
    return instance();
  }

  /** Another instance with that policy; the caller closes it. */
  AuthorizationServer instanceWith(AccessPolicy policy) {
    return instanceWith(builder -> builder.accessPolicy(policy));
  }

  /** Another instance with other settings; the caller closes it. */
  AuthorizationServer instanceWith(UnaryOperator<AuthorizationServerBuilder> settings) {
    return settings.apply(builder(List.of(provider, otherProvider))).build();
  }

  /** Another instance with those providers; the caller closes it. */
  AuthorizationServer instanceOf(List<IdentityProvider> providers) {
    return builder(providers).build();
  }

  /** Another instance where approvals can be remembered; the caller closes it. */
  AuthorizationServer instanceRemembering(Duration consentMemory) {
    return builder(List.of(provider, otherProvider)).consentMemory(consentMemory).build();
  }

  /** Another instance with those encryption keys; the caller closes it. */
  AuthorizationServer instanceWith(KeyRing ring) {
    return builder(storage, List.of(provider, otherProvider), ring).build();
  }

  /** Another instance whose way to the same storage is that one; the caller closes it. */
  AuthorizationServer instanceOn(Storage way) {
    return builder(way, List.of(provider, otherProvider), keys).build();
  }

  private AuthorizationServer instance() {
    return builder(List.of(provider, otherProvider)).build();
  }

  private AuthorizationServerBuilder builder(List<IdentityProvider> providers) {
    return builder(storage, providers, keys);
  }

  private AuthorizationServerBuilder builder(
      Storage storage, List<IdentityProvider> providers, KeyRing ring) {
    ServerSettings settings =
        new ServerSettings(
            URI.create(ISSUER),
            List.of(MCP, OTHER_MCP),
            Scopes.of("read", "write"),
            ServerSettings.Lifetimes.standard());
    return AuthorizationServer.builder(settings, storage, ring, providers)
        .clock(clock)
        .auditLog(audited::add)
        .registration(registration);
  }

  private static ProtectedResource resource(String uri) {
    return new ProtectedResource(
        new ResourceUri(uri), Scopes.of("read", "write"), Scopes.of("read"));
  }

  /** Registers a client of that id; its secret, if its method has one, is {@link #SECRET}. */
  void register(String id, ClientAuthenticationMethod method, String... redirectUris) {
    register(id, method, Client.Origin.DYNAMIC, redirectUris);
  }

  /** A public client that the operator vouches for. */
  void registerByOperator(String id, String... redirectUris) {
    register(id, ClientAuthenticationMethod.NONE, Client.Origin.OPERATOR, redirectUris);
  }

  private void register(
      String id, ClientAuthenticationMethod method, Client.Origin origin, String... redirectUris) {
    storage
        .clients()
        .insert(
            new Client(
                id,
                "Client " + id,
                Stream.of(redirectUris).map(RedirectUri::new).toList(),
                method,
                method.usesSecret() ? Secret.of(SECRET).hash() : null,
                Set.of(GrantType.values()),
                origin,
                "{}",
                clock.instant()));
  }

  /** Registers a client of that id that signs assertions with the private keys of these. */
  void registerWithKeys(String id, String keySet) {
    registerWithKeys(id, ClientAuthenticationMethod.PRIVATE_KEY_JWT, keySet);
  }

  /** Registers a client that authenticates so, and names these keys all the same. */
  void registerWithKeys(String id, ClientAuthenticationMethod method, String keySet) {
    storage
        .clients()
        .insert(
            new Client(
                id,
                "Client " + id,
                List.of(new RedirectUri(REDIRECT_URI)),
                method,
                method.usesSecret() ? Secret.of(SECRET).hash() : null,
                Set.of(GrantType.values()),
                Client.Origin.DYNAMIC,
                "{\"jwks\":" + keySet + "}",
                clock.instant()));
  }

  /** Puts a client of the same id and metadata but another redirect URI in a client's place. */
  void moveAway(String id) {
    assertThat(storage.clients().delete(id)).isTrue();
    register(id, ClientAuthenticationMethod.NONE, "https://elsewhere.example/cb");
  }

  Browser browser() {
    return new Browser(server);
  }

  /** An authorization request of the public client with nothing wrong in it. */
  static Query authorizeQuery() {
    return Query.of(
        "response_type", "code",
        "client_id", "client",
        "redirect_uri", REDIRECT_URI,
        "code_challenge", CodeChallenge.ofVerifier(VERIFIER).value(),
        "code_challenge_method", "S256",
        "scope", "read write",
        "state", "the state");
  }

  /** A code that is good for the request. */
  String code(Query query) {
    Browser browser = browser();
    browser.approve(Outcomes.consentPage(browser.open(query)));
    return Outcomes.code(browser.comeBack(callbackQuery()));
  }

  /** What the provider sends back for the sign-in that was begun last. */
  Query callbackQuery() {
    return callbackOf(provider);
  }

  static Query callbackOf(ScriptedProvider provider) {
    int last = provider.started().size() - 1;
    return Query.of("code", "upstream code", "state", provider.started().get(last).state());
  }

  /** A token request of the public client with nothing wrong in it. */
  static Query codeQuery(String code) {
    return Query.of(
        "grant_type", "authorization_code",
        "client_id", "client",
        "code", code,
        "code_verifier", VERIFIER,
        "redirect_uri", REDIRECT_URI);
  }

  static Query refreshQuery(String refreshToken) {
    return Query.of(
        "grant_type", "refresh_token", "client_id", "client", "refresh_token", refreshToken);
  }

  TokenOutcome token(Query form) {
    return server.token(new TokenRequest(form.parameters(), null));
  }

  /** A token request with an {@code Authorization: Basic} header of that text. */
  TokenOutcome tokenWithBasic(Query form, String credentials) {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return server.token(new TokenRequest(form.parameters(), Secret.of("Basic " + encoded)));
  }

  TokenOutcome refresh(String refreshToken) {
    return token(refreshQuery(refreshToken));
  }

  /** The first tokens of a new grant of the public client. */
  TokenOutcome.Issued signIn() {
    return Outcomes.issued(token(codeQuery(code(authorizeQuery()))));
  }

  RevokeOutcome revoke(Query form) {
    return server.revoke(new RevokeRequest(form.parameters(), null));
  }

  AccessDecision access(Secret accessToken) {
    return access(accessToken, MCP);
  }

  /** The decision, once the server knows what changed until now. */
  AccessDecision access(Secret accessToken, ProtectedResource resource) {
    return access(server, accessToken, resource);
  }

  /** The same of one instance. */
  static AccessDecision access(
      AuthorizationServer instance, Secret accessToken, ProtectedResource resource) {
    Secret header = Secret.of("Bearer " + accessToken.expose());
    return requireNonNull(
        await()
            .pollInterval(Duration.ofMillis(2))
            .until(
                () -> instance.checkAccess(header, resource),
                decision -> !(decision instanceof AccessDecision.Unavailable)));
  }

  /** What the server says while it may not know yet what changed. */
  AccessDecision decideOnce(Secret accessToken) {
    return server.checkAccess(Secret.of("Bearer " + accessToken.expose()), MCP);
  }

  boolean isLetIn(Secret accessToken) {
    return access(accessToken) instanceof AccessDecision.Granted;
  }

  /** Returns once the token is refused, as it must be within a second of its end. */
  void awaitRefusal(Secret accessToken) {
    awaitRefusal(server, accessToken);
  }

  /** The same of one instance. */
  static void awaitRefusal(AuthorizationServer instance, Secret accessToken) {
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> access(instance, accessToken, MCP) instanceof AccessDecision.Unauthenticated);
  }

  /** Moves all clocks, and lets the server look at the change feed again. */
  void advance(Duration by) {
    clock.advance(by);
    storage
        .grants()
        .revokeAccessToken("nudge " + nudges++, "none", clock.instant().plus(Duration.ofDays(1)));
  }

  @Override
  public void close() {
    server.close();
    storage.close();
  }
}
