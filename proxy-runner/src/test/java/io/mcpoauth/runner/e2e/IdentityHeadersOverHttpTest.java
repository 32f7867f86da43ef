package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, byte by byte, the MCP server sees our user, once. */
class IdentityHeadersOverHttpTest {

  private static final String FORGED = "canary7391";
  private static final int REQUESTS = Integer.getInteger("identity.requests", 2_000);

  private static ProxyPair pair;
  private static String ada;
  private static String bob;

  @BeforeAll
  static void start() {
    pair = ProxyPair.inOrder();
    pair.mcpServerAnswersWithItsHeaders();
    ada = pair.approve("ada").finish().accessToken();
    bob = pair.approve("bob").finish().accessToken();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-User: canary7391",
        "x-forwarded-user: canary7391\r\nX-FORWARDED-USER: canary7391, canary7391",
        "X_Forwarded_User: canary7391",
        "X-Forwarded_User: canary7391\r\nx_forwarded_email: canary7391",
        "X.Forwarded.User: canary7391\r\nX~Forwarded~User: canary7391",
        "X-Forwarded-User.: canary7391"
      })
  void forgedUserDoesNotArrive_HS01_HS02_HS03_HS04(String fields) throws Exception {
    seesAdaAlone(exchange(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: close, X-Forwarded-User, X-Forwarded-Email, X-Forwarded-Access-Token",
        "Connection:\r\nConnection: X-Forwarded-User",
        "Connection: Host",
        "Connection: Content-Length",
        "Connection: Authorization"
      })
  void nominatedFieldsOfOursAndOfFramingStay_HS05_HS06(String fields) throws Exception {
    String seen = exchange(fields);

    seesAdaAlone(seen);
    assertThat(seen).containsIgnoringCase("\nhost: ").containsIgnoringCase("content-length: 2");
  }

  @Test
  void trailersAreDropped_HS08() throws Exception {
    String seen =
        answer(
            head("TE: trailers\r\nTrailer: X-Forwarded-User\r\nTransfer-Encoding: chunked")
                + "2\r\n{}\r\n0\r\nX-Forwarded-User: canary7391\r\n\r\n");

    seesAdaAlone(seen);
  }

  @Test
  void versionTwoOfTheProtocolIsNotSpokenInTheClear_HS09() throws Exception {
    try (RawClient client = new RawClient(pair.first().getPort())) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(client.readAll()).doesNotContain("HTTP/1.1 200");
    }
    seesAdaAlone(
        exchange(
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Groups",
        "X-Forwarded-Preferred-Username",
        "X-Auth-Request-User",
        "X-Remote-User",
        "Remote-User",
        "X-User",
        "X-User-Id",
        "X-Real-IP",
        "X-Forwarded-For",
        "X-Forwarded-Server",
        "X-Original-URL"
      })
  void siblingsOfTheIdentityAreStripped_HS10(String name) throws Exception {
    seesAdaAlone(exchange(name + ": " + FORGED));
  }

  @Test
  void forwardedAndTheAddressAreRebuiltFromThePeer_HS10_HS19() throws Exception {
    String seen = exchange("Forwarded: for=canary7391\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8");

    seesAdaAlone(seen);
    assertThat(values(seen, "X-Forwarded-For"))
        .singleElement()
        .satisfies(peer -> assertThat(peer).isIn("127.0.0.1", "[::1]", "::1"));
  }

  @Test
  void valuesThatAreNotKnownAreAbsent_HS12() throws Exception {
    String seen = exchange("X-Forwarded-Email: canary7391\r\nX-Forwarded-Name: canary7391");

    assertThat(values(seen, "X-Forwarded-Email")).isEmpty();
    assertThat(values(seen, "X-Forwarded-Name")).isEmpty();
  }

  @Test
  void usersOnOneConnectionAreNeverMixed_HS13_HS16() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<CompletableFuture<String>> mixed = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      boolean isAda = i % 2 == 0;
      HttpRequest request =
          HttpRequest.newBuilder(pair.first().resolve("/mcp"))
              .header("Authorization", "Bearer " + (isAda ? ada : bob))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      mixed.add(
          client
              .sendAsync(request, BodyHandlers.ofString())
              .thenApply(answer -> isAda + " " + values(body(answer), "X-Forwarded-User")));
      if (mixed.size() % 32 == 0) {
        mixed.get(mixed.size() - 1).join();
      }
    }
    assertThat(mixed.stream().map(CompletableFuture::join))
        .hasSize(REQUESTS)
        .containsOnly("true [ada]", "false [bob]");
  }

  @Test
  void hugeHeadsAreRefused_HS17() throws Exception {
    String manyFields = "X-Filler: x\r\n".repeat(10_001);
    for (String fields : List.of(manyFields + "X-Last: x", "X-Large: " + "x".repeat(64 * 1024))) {
      assertThat(status(head(fields + "\r\nContent-Length: 2") + "{}")).isEqualTo("431");
    }
    assertThat(status("POST /mcp?" + "x".repeat(64 * 1024) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isIn("414", "431");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Proxy-Authorization: canary7391",
        "Proxy-Connection: canary7391",
        "Keep-Alive: canary7391",
        "TE: canary7391"
      })
  void fieldsOfOneHopAreConsumed_HS18(String field) throws Exception {
    seesAdaAlone(exchange(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: __Host-mcp-consent=canary7391; __Host-mcp-account=canary7391; other=canary7391",
        "cookie: canary7391\r\nCOOKIE: b=canary7391",
        "Cookie2: canary7391"
      })
  void cookiesStayHere_WB12(String fields) throws Exception {
    String seen = exchange(fields);

    seesAdaAlone(seen);
    assertThat(values(seen, "Cookie")).isEmpty();
  }

  private static void seesAdaAlone(String seen) {
    assertThat(values(seen, "X-Forwarded-User")).containsExactly("ada");
    assertThat(seen).doesNotContain(FORGED);
  }

  /** The fields that the MCP server saw, one a line, when the client sent these besides. */
  private static String exchange(String fields) throws IOException {
    return answer(head(fields + "\r\nContent-Length: 2") + "{}");
  }

  private static String head(String fields) {
    return "POST /mcp HTTP/1.1\r\nHost: localhost:"
        + pair.first().getPort()
        + "\r\nAuthorization: Bearer "
        + ada
        + "\r\nContent-Type: application/json\r\n"
        + fields
        + "\r\n\r\n";
  }

  private static String answer(String request) throws IOException {
    try (RawClient client = new RawClient(pair.first().getPort())) {
      client.send(request);
      return client.readUntil(ProxyPair.END_OF_HEADERS);
    }
  }

  private static String status(String request) throws IOException {
    try (RawClient client = new RawClient(pair.first().getPort())) {
      client.send(request);
      return client.readUntil("\r\n").split(" ", 3)[1];
    }
  }

  private static String body(HttpResponse<String> answer) {
    return "\n" + answer.body();
  }

  private static List<String> values(String seen, String name) {
    return Stream.of(seen.split("\n"))
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2).strip())
        .toList();
  }
}
