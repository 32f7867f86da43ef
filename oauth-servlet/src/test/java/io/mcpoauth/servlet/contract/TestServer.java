package io.mcpoauth.servlet.contract;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.AuthorizationServerBuilder;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.client.RegistrationOutcome.Registered;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real authorization server in memory, and the shortest ways to clients and tokens of it. */
public final class TestServer {

  /** RFC 7636 appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  public static final String REDIRECT_URI = "http://127.0.0.1:9999/cb";

  /** Whom tokens are for: with a name that is not ASCII and no e-mail address. */
  public static final User ADA = new User("test:42", "test", null, "Ada Løvelace");

  private static final String REGISTRATION =
      """
      {"client_name": "Client <1>", "redirect_uris": ["%s"], "token_endpoint_auth_method": "none",
       "grant_types": ["authorization_code", "refresh_token"]}
      """
          .formatted(REDIRECT_URI);

  private TestServer() {}

  /** A server with that issuer and one resource below it, {@code /mcp}. */
  public static AuthorizationServer at(URI issuer) {
    return builder(issuer, new InMemoryStorage(InstantSource.system())).build();
  }

  /** The same with that policy and those providers. */
  public static AuthorizationServer at(
      URI issuer, AccessPolicy policy, List<IdentityProvider> providers) {
    return builder(issuer, new InMemoryStorage(InstantSource.system()), providers)
        .accessPolicy(policy)
        .build();
  }

  /** The same on that storage, to be built. */
  public static AuthorizationServerBuilder builder(URI issuer, Storage storage) {
    return builder(issuer, storage, List.of(new TestProvider(ADA)));
  }

  private static AuthorizationServerBuilder builder(
      URI issuer, Storage storage, List<IdentityProvider> providers) {
    ProtectedResource resource =
        new ProtectedResource(
            ResourceUri.parse(issuer + "/mcp").orElseThrow(),
            Scopes.of("mcp", "email"),
            Scopes.of("mcp"));
    ServerSettings settings =
        new ServerSettings(
            issuer,
            List.of(resource),
            Scopes.of("mcp", "email"),
            ServerSettings.Lifetimes.standard());
    return AuthorizationServer.builder(
        settings,
        storage,
        KeyRing.ofBase64(List.of(Secret.of(Base64.getEncoder().encodeToString(key())))),
        providers);
  }

  /** Goes through the whole flow without HTTP. */
  public static Secret accessToken(AuthorizationServer server) {
    String clientId = registeredClient(server);
    AskConsent asked =
        as(
            AskConsent.class,
            server.authorize(
                new AuthorizeRequest(parameters(authorizeQuery(clientId, "s")), null)));
    ConsentPage page = asked.page();
    ToProvider toProvider =
        as(
            ToProvider.class,
            server.decide(new ConsentSubmission(page.ticket(), "test", page.browserSecret())));
    String state = toProvider.location().getRawQuery().substring("state=".length());
    ToClient toClient =
        as(
            ToClient.class,
            server.callback(
                new CallbackRequest(
                    parameters("code=c&state=" + state),
                    Map.of(toProvider.loginId(), toProvider.browserSecret()))));
    String query = URI.create(toClient.location().expose()).getRawQuery();
    Issued issued =
        as(
            Issued.class,
            server.token(
                new TokenRequest(parameters(codeForm(clientId, valueOf("code", query))), null)));
    return issued.accessToken();
  }

  /** That token with a signature that is nobody's. */
  public static String forged(Secret accessToken) {
    String token = accessToken.expose();
    return token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);
  }

  public static String registeredClient(AuthorizationServer server) {
    String document =
        as(Registered.class, server.register(new RegistrationRequest(REGISTRATION, null)))
            .document()
            .expose();
    return jsonString("client_id", document);
  }

  public static String registration() {
    return REGISTRATION;
  }

  public static String authorizeQuery(String clientId, String state) {
    return "response_type=code&client_id="
        + encode(clientId)
        + "&redirect_uri="
        + encode(REDIRECT_URI)
        + "&scope=mcp&code_challenge_method=S256&code_challenge="
        + CHALLENGE
        + "&state="
        + encode(state);
  }

  public static String codeForm(String clientId, String code) {
    return "grant_type=authorization_code&client_id="
        + encode(clientId)
        + "&redirect_uri="
        + encode(REDIRECT_URI)
        + "&code_verifier="
        + VERIFIER
        + "&code="
        + encode(code);
  }

  /** The value of a parameter in a query. */
  public static String valueOf(String name, String query) {
    Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
    if (!matcher.find()) {
      throw new AssertionError("no parameter " + name);
    }
    return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
  }

  /** The value of a string member in a flat JSON object. */
  public static String jsonString(String name, String json) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!matcher.find()) {
      throw new AssertionError("no member " + name);
    }
    return matcher.group(1);
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Parameters parameters(String text) {
    return Parameters.parse(text).orElseThrow();
  }

  private static <T> T as(Class<T> type, Object outcome) {
    if (outcome instanceof AuthorizeOutcome.ErrorPage page) {
      throw new AssertionError(page.error().toString());
    }
    return type.cast(outcome);
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 1);
    }
    return key;
  }
}
