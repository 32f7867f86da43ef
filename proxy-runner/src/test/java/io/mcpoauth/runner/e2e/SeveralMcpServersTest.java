package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two MCP servers behind one proxy, each its own protected resource (P14). */
class SeveralMcpServersTest {

  private static final int PLACES = 20;
  private static final RawUpstream notes = new RawUpstream();
  private static final RawUpstream files = new RawUpstream();
  private static final RealParts parts = RealParts.start(() -> {});
  private static final RunningInstance proxy =
      RunningInstance.inProcess(
          parts,
          Map.of(
              "MCP_SERVER_URL",
              "",
              "MCP_SERVER_MAX_REQUESTS",
              String.valueOf(PLACES),
              "MCP_SERVERS",
              "/notes/mcp %s scopes=openid,profile,email required=email; /files %s provider-token=false"
                  .formatted(notes.url("/internal"), files.url(""))));

  @AfterAll
  static void stop() throws IOException {
    proxy.close();
    parts.close();
    notes.close();
    files.close();
  }

  @Test
  void eachHasItsOwnMetadata_P14() {
    HttpCalls http = new HttpCalls();
    String document = "/.well-known/oauth-protected-resource";
    JsonNode ofNotes =
        HttpCalls.json(http.get(parts.proxy().resolve(document + "/notes/mcp")), 200);
    JsonNode ofFiles = HttpCalls.json(http.get(parts.proxy().resolve(document + "/files")), 200);

    assertThat(ofNotes.path("resource").asText()).isEqualTo(parts.proxy() + "/notes/mcp");
    assertThat(ofFiles.path("resource").asText()).isEqualTo(parts.proxy() + "/files");
    assertThat(http.get(parts.proxy().resolve(document + "/mcp")).statusCode()).isEqualTo(404);
    assertThat(http.get(parts.proxy().resolve("/mcp")).statusCode()).isEqualTo(404);
  }

  @Test
  void tokenOfOneIsWorthNothingAtTheOther_RS03() throws Exception {
    SignedInClient client = SignedInClient.of(server("/notes/mcp"));
    String token = client.tokens().accessToken();
    int before = files.connections();

    assertThat(new FlowDriver(server("/files")).callMcp(token).statusCode()).isEqualTo(401);
    assertThat(files.connections()).isEqualTo(before);
    RawUpstream.Call call = call(client, notes);
    assertThat(call.requestLine()).isEqualTo("POST /internal HTTP/1.1");
    assertThat(call.values("X-Forwarded-Access-Token")).hasSize(1);
  }

  @Test
  void providerTokenIsKeptFromAServerThatIsNotToHaveIt_HS14_LG12() throws Exception {
    SignedInClient client = SignedInClient.of(server("/files"));
    RawUpstream.Call call = call(client, files);

    assertThat(call.requestLine()).isEqualTo("POST /files HTTP/1.1");
    assertThat(call.values("X-Forwarded-User")).containsExactly("zoe-1");
    assertThat(call.values("X-Forwarded-Access-Token")).isEmpty();
  }

  @Test
  void serverThatHangsTakesItsOwnPlacesAlone_SL06() throws Exception {
    SignedInClient ofNotes = SignedInClient.of(server("/notes/mcp"));
    List<RawClient> clients = new ArrayList<>();
    List<RawUpstream.Call> hanging = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      RawClient client = new RawClient(parts.proxy().getPort());
      client.send("GET /notes/mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
      client.send("Authorization: Bearer " + ofNotes.tokens().accessToken() + "\r\n\r\n");
      clients.add(client);
      hanging.add(notes.next());
    }
    HttpResponse<String> refused = ofNotes.flow().callMcp(ofNotes.tokens().accessToken());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("\"jsonrpc\":\"2.0\"");

    assertThat(call(SignedInClient.of(server("/files")), files)).isNotNull();
    for (RawUpstream.Call call : hanging) {
      call.answer("204 No Content", "", new byte[0]);
    }
    for (RawClient client : clients) {
      assertThat(client.readAll()).startsWith("HTTP/1.1 204");
      client.close();
    }
    assertThat(call(ofNotes, notes)).isNotNull();
  }

  /** Calls the server; it answers 204. */
  private static RawUpstream.Call call(SignedInClient client, RawUpstream upstream)
      throws Exception {
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> client.flow().callMcp(client.tokens().accessToken()));
    RawUpstream.Call call = upstream.next();
    call.body();
    call.answer("204 No Content", "", new byte[0]);
    assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
    return call;
  }

  private static URI server(String path) {
    return URI.create(parts.proxy() + path);
  }
}
