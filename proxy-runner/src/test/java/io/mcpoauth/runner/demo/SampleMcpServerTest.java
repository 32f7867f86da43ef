package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleMcpServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final SampleMcpServer server =
      SampleMcpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void initializeAgreesToTheClientsRevision(String version) throws Exception {
    JsonNode result = call("initialize", "{\"protocolVersion\":\"%s\"}".formatted(version));
    assertThat(result.path("protocolVersion").asText()).isEqualTo(version);
    assertThat(result.path("capabilities").has("tools")).isTrue();
  }

  @Test
  void aNotificationIsAcceptedWithoutABody() throws Exception {
    HttpResponse<String> answer =
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void itListsThreeToolsAndAnswersPing() throws Exception {
    assertThat(call("ping", "{}").isEmpty()).isTrue();
    assertThat(call("tools/list", "{}").path("tools").findValuesAsText("name"))
        .containsExactly("whoami", "add", "countdown");
  }

  @Test
  void addAddsAndSaysWhatIsMissing() throws Exception {
    assertThat(text(tool("add", "{\"a\":2,\"b\":40}"))).isEqualTo("42");
    assertThat(text(tool("add", "{\"a\":0.5,\"b\":1}"))).isEqualTo("1.5");
    assertThat(tool("add", "{\"a\":2}").path("isError").asBoolean()).isTrue();
  }

  @Test
  void whoamiNamesTheUserAndNeverTheToken() throws Exception {
    HttpResponse<String> answer =
        post(
            request("tools/call", "{\"name\":\"whoami\"}"),
            "X-Forwarded-User",
            "demo-ada",
            "X-Forwarded-Email",
            "ada@demo.example",
            "X-Forwarded-Name",
            "Ada Lovelace",
            "X-Forwarded-Access-Token",
            "provider-token");
    assertThat(answer.body())
        .contains("Ada Lovelace", "ada@demo.example", "demo-ada", "\"accessToken\":true")
        .doesNotContain("provider-token");
    assertThat(text(tool("whoami", "{}"))).startsWith("Nobody");
  }

  @Test
  void countdownReportsEachStepAndThenTheResult() throws Exception {
    HttpResponse<String> answer = post(countdown(3, 1));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    List<JsonNode> events = events(answer.body());
    assertThat(events).hasSize(4);
    assertThat(events.subList(0, 3))
        .extracting(event -> event.path("params").path("progress").asInt())
        .containsExactly(1, 2, 3);
    assertThat(events.get(0).path("params").path("progressToken").asText()).isEqualTo("p");
    assertThat(text(events.get(3).path("result"))).isEqualTo("Lift-off!");
  }

  @Test
  void countdownWithoutAProgressTokenSendsTheResultAlone() throws Exception {
    String call = request("tools/call", "{\"name\":\"countdown\",\"arguments\":{\"n\":1}}");
    assertThat(events(post(call).body())).hasSize(1);
  }

  @Test
  void countdownRefusesStepsOutOfRange() throws Exception {
    assertThat(tool("countdown", "{\"n\":0}").path("isError").asBoolean()).isTrue();
    assertThat(tool("countdown", "{\"n\":100000}").path("isError").asBoolean()).isTrue();
    assertThat(tool("countdown", "{}").path("isError").asBoolean()).isTrue();
  }

  @Test
  void countdownSendsEachEventWhenItHappensAndStopsWhenTheClientLeaves() throws Exception {
    try (Socket client =
        new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
      client.setSoTimeout(5_000);
      byte[] body = countdown(1000, 50).getBytes(UTF_8);
      String head =
          "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n";
      client.getOutputStream().write(head.getBytes(UTF_8));
      client.getOutputStream().write(body);
      assertThat(readUntil(client.getInputStream(), "\"progress\":2")).contains("\"progress\":1");
      assertThat(server.runningCountdowns()).isEqualTo(1);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> server.runningCountdowns() == 0);
  }

  @Test
  void aStatelessRequestNeedsNoHandshake() throws Exception {
    JsonNode discovered = call("server/discover", meta("2026-07-28"));
    assertThat(discovered.path("resultType").asText()).isEqualTo("complete");
    assertThat(discovered.path("supportedVersions").path(0).asText()).isEqualTo("2026-07-28");
    assertThat(call("tools/list", meta("2026-07-28")).path("cacheScope").asText())
        .isEqualTo("public");
  }

  @Test
  void anUnknownRevisionIsRefusedWithTheKnownOnes() throws Exception {
    HttpResponse<String> answer = post(request("tools/list", meta("1900-01-01")));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("-32022", "2026-07-28", "2025-11-25");
  }

  @Test
  void anUnknownMethodIsAnErrorInTheFormOfItsRevision() throws Exception {
    HttpResponse<String> handshake = post(request("resources/list", "{}"));
    assertThat(handshake.statusCode()).isEqualTo(200);
    assertThat(handshake.body()).contains("-32601");
    assertThat(post(request("resources/list", meta("2026-07-28"))).statusCode()).isEqualTo(404);
  }

  @Test
  void aBodyThatIsNoMessageIsRefused() throws Exception {
    assertThat(post("{").body()).contains("-32700");
    assertThat(post("[]").body()).contains("-32600");
    assertThat(post("").statusCode()).isEqualTo(400);
  }

  @Test
  void aWebPageOfAnotherSiteIsRefused() throws Exception {
    String ping = request("ping", "{}");
    assertThat(post(ping, "Origin", "https://attacker.example").statusCode()).isEqualTo(403);
    assertThat(post(ping, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(post(ping, "Origin", "http://localhost:6274").statusCode()).isEqualTo(200);
  }

  @Test
  void aNameThatWasReboundToLoopbackIsRefused() throws Exception {
    try (Socket client =
        new Socket(InetAddress.getLoopbackAddress(), server.endpoint().getPort())) {
      client.setSoTimeout(5_000);
      client
          .getOutputStream()
          .write("GET /mcp HTTP/1.1\r\nHost: attacker.example\r\n\r\n".getBytes(UTF_8));
      assertThat(readUntil(client.getInputStream(), "\r\n")).contains(" 421 ");
    }
  }

  @Test
  void getIsNotAllowed() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.endpoint()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void itRefusesToListenWhereOtherMachinesReachIt() {
    assertThatThrownBy(() -> SampleMcpServer.start(new InetSocketAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private JsonNode tool(String name, String arguments) throws Exception {
    return call("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(name, arguments));
  }

  private JsonNode call(String method, String params) throws Exception {
    HttpResponse<String> answer = post(request(method, params));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode message = JSON.readTree(answer.body());
    assertThat(message.path("id").asInt()).isEqualTo(7);
    return message.path("result");
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    URI endpoint = server.endpoint();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"%s\",\"params\":%s}"
        .formatted(method, params);
  }

  private static String meta(String version) {
    return "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"%s\"}}".formatted(version);
  }

  private static String countdown(int n, int stepMillis) {
    return request(
        "tools/call",
        "{\"name\":\"countdown\",\"arguments\":{\"n\":%d,\"stepMillis\":%d},\"_meta\":{\"progressToken\":\"p\"}}"
            .formatted(n, stepMillis));
  }

  private static String text(JsonNode result) {
    return result.path("content").path(0).path("text").asText();
  }

  private static List<JsonNode> events(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> tree(line.substring("data: ".length())))
        .toList();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  private static String readUntil(InputStream in, String end) throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int next = in.read();
      assertThat(next).as("the stream ended after %s", text).isNotNegative();
      text.append((char) next);
    }
    return text.toString();
  }
}
