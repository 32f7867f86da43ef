package io.mcpoauth.core.provider;

import com.sun.net.httpserver.HttpExchange;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A sound OpenID Connect provider on loopback; each test breaks one thing of it. */
public final class OpenIdQuirks implements AutoCloseable {

  /** As whom it knows the proxy. */
  public static final String CLIENT_ID = "proxy";

  static final String NONCE = "the-nonce";
  static final String VERIFIER = "a-code-verifier-that-is-long-enough-for-RFC-7636";
  static final URI REDIRECT_URI = URI.create("https://proxy.example/callback");
  static final RsaJsonWebKey KEY = rsaKey("key-1");
  static final RsaJsonWebKey OTHER_KEY = rsaKey("key-2");
  static final EllipticCurveJsonWebKey EC_KEY = ecKey("key-ec");
  static final UpstreamTokens OLD_TOKENS =
      new UpstreamTokens(Secret.of("old-access"), Secret.of("old-refresh"), null);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Where it answers. */
  public final QuirkServer server = new QuirkServer();

  final AdjustableClock clock = new AdjustableClock();

  /** Its name. */
  public final String issuer = server.url() + "/tenant";

  /** What it publishes about itself. */
  public final Map<String, Object> metadata = new LinkedHashMap<>();

  /** What its ID tokens say. */
  public final Map<String, Object> claims = new LinkedHashMap<>();

  final Map<String, Object> header = new LinkedHashMap<>();

  /** What its token endpoint says besides. */
  public final Map<String, Object> tokens = new LinkedHashMap<>();

  /** What its userinfo endpoint says. */
  public final Map<String, Object> userinfo = new LinkedHashMap<>();

  /** Begins to serve. */
  public OpenIdQuirks() {
    metadata.put("issuer", issuer);
    metadata.put("authorization_endpoint", issuer + "/authorize");
    metadata.put("token_endpoint", issuer + "/token");
    metadata.put("userinfo_endpoint", issuer + "/userinfo");
    metadata.put("jwks_uri", issuer + "/jwks");
    long now = clock.instant().getEpochSecond();
    claims.put("iss", issuer);
    claims.put("aud", CLIENT_ID);
    claims.put("sub", "user-1");
    claims.put("iat", now);
    claims.put("exp", now + 300);
    claims.put("nonce", NONCE);
    header.put("alg", AlgorithmIdentifiers.RSA_USING_SHA256);
    header.put("kid", KEY.getKeyId());
    tokens.put("access_token", "upstream-access");
    tokens.put("token_type", "Bearer");
    tokens.put("refresh_token", "upstream-refresh");
    tokens.put("expires_in", 3600);
    userinfo.put("sub", "user-1");
    publishMetadata();
    publishKeys(KEY, EC_KEY);
    server.on(
        "/tenant/userinfo",
        exchange ->
            QuirkServer.reply(200, "application/json", JsonUtil.toJson(userinfo)).write(exchange));
    sendIdToken(KEY.getPrivateKey());
  }

  /** Serves the metadata, as it is when asked for, where OpenID Connect Discovery wants it. */
  void publishMetadata() {
    publishMetadataAt("/tenant/.well-known/openid-configuration");
  }

  void publishMetadataAt(String path) {
    server.on(
        path,
        exchange ->
            QuirkServer.reply(200, "application/json", JsonUtil.toJson(metadata)).write(exchange));
  }

  void publishKeys(JsonWebKey... keys) {
    List<Map<String, Object>> members =
        List.of(keys).stream().map(key -> key.toParams(OutputControlLevel.PUBLIC_ONLY)).toList();
    server.json("/tenant/jwks", JsonUtil.toJson(Map.of("keys", members)));
  }

  /** Answers token requests with tokens among which is an ID token signed with that key. */
  void sendIdToken(Key key) {
    server.on("/tenant/token", exchange -> send(signed(key), exchange));
  }

  /** Answers token requests with exactly that ID token. */
  void sendIdToken(String idToken) {
    server.on("/tenant/token", exchange -> send(idToken, exchange));
  }

  private void send(String idToken, HttpExchange exchange) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>(tokens);
    answer.put("id_token", idToken);
    QuirkServer.reply(200, "application/json", JsonUtil.toJson(answer)).write(exchange);
  }

  String signed(Key key) {
    return signed(key, JsonUtil.toJson(claims));
  }

  String signed(Key key, String payload) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      header.forEach(signature.getHeaders()::setObjectHeaderValue);
      signature.setPayload(payload);
      signature.setKey(key);
      signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
      signature.setDoKeyValidation(false);
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An ID token like the others, for that user and nonce. */
  public String signedFor(String user, @Nullable String nonce) {
    Map<String, Object> own = new LinkedHashMap<>(claims);
    own.put("sub", user);
    own.remove("nonce");
    if (nonce != null) {
      own.put("nonce", nonce);
    }
    return signed(KEY.getPrivateKey(), JsonUtil.toJson(own));
  }

  ProviderSettings.Builder settings() {
    return ProviderSettings.builder("quirks", issuer, CLIENT_ID)
        .clientSecret(Secret.of("s3cret:/ä"));
  }

  OpenIdProvider provider() {
    return provider(settings().build());
  }

  OpenIdProvider provider(ProviderSettings settings) {
    return new OpenIdProvider(settings, CLIENT, clock);
  }

  /** Finishes a sign-in with a good callback. */
  SignInAnswer signIn() {
    return provider().finish(callback("code=upstream-code&state=x"));
  }

  static HttpClient client() {
    return CLIENT;
  }

  static SignInRequest request() {
    return new SignInRequest(REDIRECT_URI, "the state", CodeChallenge.ofVerifier(VERIFIER), NONCE);
  }

  static SignInCallback callback(String query) {
    Parameters parameters = Parameters.parse(query).orElseThrow();
    return new SignInCallback(parameters, REDIRECT_URI, Secret.of(VERIFIER), NONCE);
  }

  static <K extends PublicJsonWebKey> K named(K key, String id) {
    key.setKeyId(id);
    return key;
  }

  private static RsaJsonWebKey rsaKey(String id) {
    try {
      return named(RsaJwkGenerator.generateJwk(2048), id);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EllipticCurveJsonWebKey ecKey(String id) {
    try {
      return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), id);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
