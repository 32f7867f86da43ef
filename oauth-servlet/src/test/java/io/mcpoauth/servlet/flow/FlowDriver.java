package io.mcpoauth.servlet.flow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The OAuth side of an MCP client, in single steps. It knows the MCP server's URL and learns
 * everything else from what it is told on the way (MCP authorization, "Authorization Flow Steps").
 */
public final class FlowDriver {

  /** Nobody listens there: scripted browsers do not follow this last redirect. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:33418/callback");

  /** The pair of RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final Pattern RESOURCE_METADATA =
      Pattern.compile("resource_metadata=\"([^\"]+)\"");

  private final URI mcpServer;
  private final URI redirectUri;
  private final HttpCalls http = new HttpCalls();

  public FlowDriver(URI mcpServer) {
    this(mcpServer, NOWHERE);
  }

  public FlowDriver(URI mcpServer, URI redirectUri) {
    this.mcpServer = mcpServer;
    this.redirectUri = redirectUri;
  }

  /** What the token endpoint issued. */
  public record Tokens(String accessToken, String refreshToken) {

    /** Tests must not print tokens either. */
    @Override
    public String toString() {
      return "Tokens[...]";
    }
  }

  /** Calls the MCP server with nothing and reads where its metadata is. */
  public URI challenge() {
    HttpResponse<String> refused = callMcp("");
    assertThat(refused.statusCode()).isEqualTo(401);
    String challenge = refused.headers().firstValue("WWW-Authenticate").orElseThrow();
    assertThat(challenge).startsWith("Bearer ");
    Matcher metadata = RESOURCE_METADATA.matcher(challenge);
    assertThat(metadata.find()).as(challenge).isTrue();
    return URI.create(metadata.group(1));
  }

  /** Reads the protected resource metadata; answers with the authorization server (RFC 9728). */
  public URI authorizationServer(URI resourceMetadata) {
    JsonNode metadata = HttpCalls.json(http.get(resourceMetadata), 200);
    assertThat(metadata.path("resource").asText()).isEqualTo(mcpServer.toString());
    return URI.create(metadata.path("authorization_servers").path(0).asText());
  }

  /** Reads the authorization server's metadata (RFC 8414 section 3). */
  public JsonNode serverMetadata(URI issuer) {
    String path = "/.well-known/oauth-authorization-server" + issuer.getRawPath();
    JsonNode metadata = HttpCalls.json(http.get(issuer.resolve(path)), 200);
    assertThat(metadata.path("issuer").asText()).isEqualTo(issuer.toString());
    assertThat(metadata.path("code_challenge_methods_supported").toString()).contains("S256");
    return metadata;
  }

  /** The whole discovery. */
  public JsonNode discover() {
    return serverMetadata(authorizationServer(challenge()));
  }

  /** Registers a public client; answers with its id (RFC 7591). */
  public String register(JsonNode metadata, String name) {
    Map<String, Object> client =
        Map.of(
            "client_name",
            name,
            "redirect_uris",
            List.of(redirectUri.toString()),
            "token_endpoint_auth_method",
            "none",
            "grant_types",
            List.of("authorization_code", "refresh_token"));
    return HttpCalls.json(http.postJson(endpoint(metadata, "registration"), client), 201)
        .path("client_id")
        .asText();
  }

  /** The address to open in the user's browser. */
  public URI authorizationRequest(JsonNode metadata, String clientId) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("response_type", "code");
    parameters.put("client_id", clientId);
    parameters.put("redirect_uri", redirectUri.toString());
    parameters.put("state", "state of " + clientId);
    parameters.put("scope", "openid profile email");
    parameters.put("code_challenge", challengeOf(VERIFIER));
    parameters.put("code_challenge_method", "S256");
    parameters.put("resource", mcpServer.toString());
    return URI.create(
        endpoint(metadata, "authorization") + "?" + ScriptedBrowser.encode(parameters));
  }

  /** Reads the answer that the browser brought to the redirect URI; answers with the code. */
  public String code(JsonNode metadata, String clientId, URI answer) {
    assertThat(answer.toString()).startsWith(redirectUri + "?");
    Map<String, String> parameters = query(answer);
    assertThat(parameters).containsEntry("state", "state of " + clientId);
    assertThat(parameters).containsEntry("iss", metadata.path("issuer").asText());
    assertThat(parameters).containsKey("code").doesNotContainKey("error");
    return parameters.getOrDefault("code", "");
  }

  /** Exchanges the code. */
  public Tokens exchange(JsonNode metadata, String clientId, String code) {
    return tokens(
        http.postForm(
            endpoint(metadata, "token"),
            Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                clientId,
                "code",
                code,
                "code_verifier",
                VERIFIER,
                "redirect_uri",
                redirectUri.toString(),
                "resource",
                mcpServer.toString())));
  }

  /** Asks for new tokens; whether they come is the caller's to see. */
  public HttpResponse<String> refresh(JsonNode metadata, String clientId, String refreshToken) {
    return http.postForm(
        endpoint(metadata, "token"),
        Map.of(
            "grant_type",
            "refresh_token",
            "client_id",
            clientId,
            "refresh_token",
            refreshToken,
            "resource",
            mcpServer.toString()));
  }

  /** Gives a token back (RFC 7009). */
  public void revoke(JsonNode metadata, String clientId, String token) {
    HttpResponse<String> revoked =
        http.postForm(
            endpoint(metadata, "revocation"), Map.of("client_id", clientId, "token", token));
    assertThat(revoked.statusCode()).isEqualTo(200);
  }

  /** The tokens of a response that has to bring some. */
  public static Tokens tokens(HttpResponse<String> response) {
    JsonNode body = HttpCalls.json(response, 200);
    assertThat(response.headers().allValues("Cache-Control")).contains("no-store");
    assertThat(body.path("token_type").asText()).isEqualTo("Bearer");
    return new Tokens(body.path("access_token").asText(), body.path("refresh_token").asText());
  }

  /** Lists the tools without a session, with that token or, if it is empty, without one. */
  public HttpResponse<String> callMcp(String accessToken) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(mcpServer)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(
                BodyPublishers.ofString(
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{}}"));
    if (!accessToken.isEmpty()) {
      request.header("Authorization", "Bearer " + accessToken);
    }
    return http.send(request);
  }

  private static URI endpoint(JsonNode metadata, String name) {
    return URI.create(metadata.path(name + "_endpoint").asText());
  }

  private static Map<String, String> query(URI uri) {
    return Arrays.stream(uri.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> URLDecoder.decode(pair[0], UTF_8),
                pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static String challengeOf(String verifier) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
