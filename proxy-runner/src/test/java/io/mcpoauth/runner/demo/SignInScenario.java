package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jose4j.jwt.NumericDate;

/** A client of the development sign-in, at the level of HTTP, with a clock that tests move. */
final class SignInScenario implements AutoCloseable {
  /** The pair of RFC 7636, appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static final String REDIRECT_URI = "http://localhost:8080/callback";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path keyFile;
  private Instant now = Instant.parse("2026-11-23T10:00:00Z");
  private DemoSignInProvider provider;

  SignInScenario(Path keyFile) {
    this.keyFile = keyFile;
    this.provider = startOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  DemoSignInProvider startOn(InetSocketAddress address) {
    DemoClient client =
        new DemoClient("proxy", Secret.of("s3cret"), Set.of(URI.create(REDIRECT_URI)));
    return DemoSignInProvider.start(address, client, keyFile, () -> now, SecretSource.system());
  }

  void restart() {
    int port = provider.issuer().getPort();
    provider.close();
    provider = startOn(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }

  NumericDate now() {
    return NumericDate.fromSeconds(now.getEpochSecond());
  }

  Path keyFile() {
    return keyFile;
  }

  String issuer() {
    return provider.issuer().toString();
  }

  String authorizationRequest() {
    return form(
        Map.of(
            "client_id", "proxy",
            "redirect_uri", REDIRECT_URI,
            "response_type", "code",
            "scope", "openid profile email",
            "state", "s-1",
            "nonce", "n-1",
            "code_challenge", CHALLENGE,
            "code_challenge_method", "S256"));
  }

  String ticket() throws Exception {
    String page = get("/authorize?" + authorizationRequest()).body();
    Matcher ticket = Pattern.compile("name=\"ticket\" value=\"([^\"]+)\"").matcher(page);
    if (!ticket.find()) {
      throw new AssertionError("no form in " + page);
    }
    return requireNonNull(ticket.group(1));
  }

  /** Presses a button of the page and returns the parameters of the redirect. */
  Map<String, String> choose(String user) throws Exception {
    HttpResponse<String> answer = post("/authorize", Map.of("ticket", ticket(), "user", user));
    URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
    return Arrays.stream(location.getRawQuery().split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  String code(String user) throws Exception {
    return requireNonNull(choose(user).get("code"));
  }

  JsonNode signIn(String user) throws Exception {
    return json(redeem(code(user), VERIFIER));
  }

  HttpResponse<String> redeem(String code, String verifier) throws Exception {
    return post(
        "/token",
        Map.of(
            "grant_type",
            "authorization_code",
            "code",
            code,
            "redirect_uri",
            REDIRECT_URI,
            "code_verifier",
            verifier,
            "client_id",
            "proxy",
            "client_secret",
            "s3cret"));
  }

  HttpResponse<String> refresh(String refreshToken) throws Exception {
    return post(
        "/token",
        Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
        "Authorization",
        basic("proxy", "s3cret"));
  }

  HttpResponse<String> userinfo(String accessToken) throws Exception {
    return send(request("/userinfo").header("Authorization", "Bearer " + accessToken));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  JsonNode getJson(String path) throws Exception {
    return json(get(path));
  }

  HttpResponse<String> post(String path, Map<String, String> form, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  static String basic(String id, String secret) {
    byte[] credentials = (id + ":" + secret).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  @Override
  public void close() {
    provider.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(issuer() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }
}
