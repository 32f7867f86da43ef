package io.mcpoauth.servlet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every proxy engine must do with odd requests and with those that it does not pass on. */
public abstract class ProxyRequestContract extends ProxyStreamContract {

  private static final String CLOSE = "Connection: close\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARA\r\n",
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
        "Upgrade: TLS/1.0\r\nConnection: Upgrade\r\n"
      })
  void upgradeIsNotPassedOn_RS19(String fields) throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(head("GET") + authorization() + fields + "\r\n");
      RawUpstream.Call call = upstream.next();
      assertThat(call.names()).doesNotContain("Upgrade", "HTTP2-Settings");
      assertThat(call.values("Connection")).noneMatch(value -> value.contains("pgrade"));
      call.answer("200 OK", "", "plain".getBytes(StandardCharsets.UTF_8));
      assertThat(client.readUntil("plain")).startsWith("HTTP/1.1 200").doesNotContain(" 101 ");
    }
  }

  @Test
  void serverCannotUpgradeEither_RS19() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(head("GET") + authorization() + CLOSE + "\r\n");
      RawUpstream.Call call = upstream.next();
      call.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n");
      call.close();
      assertThat(client.readAll()).startsWith("HTTP/1.1 502");
    }
  }

  @Test
  void uploadWithoutATokenIsRefusedUnread_RS26() throws IOException {
    String gigabyte = "Content-Length: 1073741824\r\n";
    for (String token : List.of("", "Authorization: Bearer x\r\n")) {
      try (RawClient client = new RawClient(port())) {
        client.send(head("POST") + token + gigabyte + "\r\n");
        assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 401");
      }
    }
    assertThat(upstream.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__Host-mcp-session=x",
        "__Host-mcp-session=",
        "__Host-mcp-session",
        "__Host-mcp-session=\u0001",
        "__Host-mcp-session=a; __Host-mcp-session=b",
        "__Host-mcp-consent=%00; session=\"unclosed",
        "=;=;,,",
        "a=b\r\nCookie: __Host-mcp-session=x"
      })
  void cookiesAreNoCredentials_RS31(String cookies) throws IOException {
    assertThat(answer(head("GET") + CLOSE + "Cookie: " + cookies + "\r\n\r\n"))
        .containsPattern("^HTTP/1\\.1 40[01]");
    assertThat(upstream.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\r\n",
        "User-Agent: curl/8.5.0\r\nAccept: text/html\r\n",
        "Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n",
        "Sec-Fetch-Mode: cors\r\nX-Requested-With: XMLHttpRequest\r\n"
      })
  void everybodyIsChallengedAlike_RS32(String fields) throws IOException {
    assertThat(answer(head("GET") + CLOSE + fields + "\r\n"))
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Bearer ")
        .contains("{\"message\":\"A bearer token is needed.\"}");
  }

  @Test
  void otherMethodsNeedATokenToo_RS34() throws IOException {
    String origin = "Origin: https://app.example\r\n";
    String asked = "Access-Control-Request-Method: POST\r\n";
    for (String method : List.of("HEAD", "OPTIONS")) {
      for (String fields : List.of("", origin, asked)) {
        assertThat(answer(head(method) + CLOSE + fields + "\r\n")).startsWith("HTTP/1.1 401");
      }
    }
    assertThat(answer(head("HEAD") + CLOSE + origin + asked + "\r\n")).startsWith("HTTP/1.1 401");
    assertThat(answer(head("OPTIONS") + CLOSE + origin + asked + "\r\n"))
        .startsWith("HTTP/1.1 204");
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void malformedBodyIsTheClientsFault_HP04() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(head("POST") + authorization() + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("2\r\nab\r\n");
      RawUpstream.Call call = upstream.next();
      client.send("0x2\r\nab\r\n0\r\n\r\n");

      // Some containers hang up themselves.
      assertThat(client.readAll()).containsPattern("^($|HTTP/1\\.1 400 )");
      assertThat(call.awaitClosed(5_000)).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  @Tag(IMPATIENT)
  void serverThatNeverAnswersIsGivenUp_RS22() throws Exception {
    try (RawClient client = new RawClient(port())) {
      client.send(head("POST") + authorization() + CLOSE + "Content-Length: 2\r\n\r\n{}");
      RawUpstream.Call call = upstream.next();
      call.body();

      assertThat(client.readAll()).startsWith("HTTP/1.1 504").contains("\"jsonrpc\":\"2.0\"");
      call.awaitClosed(5_000);
    }
  }

  @Test
  @Tag(IMPATIENT)
  void streamThatHasBegunMayTakeItsTime_RS23() throws Exception {
    try (RawClient client = new RawClient(port())) {
      RawUpstream.Call call = openStream(client);
      assertThat(call.isSilentFor((int) answerLimit().multipliedBy(2).toMillis())).isTrue();
      call.chunk("data: late\n\n");
      client.readUntil("data: late\n\n");
    }
  }

  @Test
  void userWhoHoldsManyStreamsIsToldToWait_DS13() throws Exception {
    List<RawClient> streams = new ArrayList<>();
    try {
      for (int i = 0; i < PLACES_OF_A_USER; i++) {
        streams.add(new RawClient(port()));
        openStream(streams.get(i));
      }
      assertThat(answer(head("GET") + authorization() + CLOSE + "\r\n"))
          .startsWith("HTTP/1.1 429")
          .containsPattern("Retry-After: [1-5]\r\n");
      assertThat(upstream.connections()).isEqualTo(PLACES_OF_A_USER);
    } finally {
      for (RawClient stream : streams) {
        stream.close();
      }
    }
  }

  private String head(String method) {
    return method + " /mcp HTTP/1.1\r\nHost: localhost:" + port() + "\r\n";
  }

  private String authorization() {
    return "Authorization: Bearer " + token() + "\r\n";
  }

  private String answer(String request) throws IOException {
    try (RawClient client = new RawClient(port())) {
      client.send(request);
      return client.readAll();
    }
  }
}
