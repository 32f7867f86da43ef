package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.RawRig.SMUGGLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end two readers could see in different places: refused, and nothing is smuggled.
 */
class FramingTest extends RawTest {

  FramingTest(RawRig rig) {
    super(rig);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n"
      })
  void twoFramingsAreRefused_HP01(String fields) {
    assertRefused(rig.answers(rig.mcp("POST", fields) + "0\r\n\r\n" + SMUGGLED), 400);
    assertNobodyWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: chunked\u000b\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "X-Folded: a\r\n Transfer-Encoding: chunked\r\n"
      })
  void oddTransferEncodingIsRefused_HP02(String fields) {
    assertRefused(rig.answers(rig.mcp("POST", fields) + "0\r\n\r\n" + SMUGGLED), 400);
    assertNobodyWasReached();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "deflate,chunked", "x, chunked", "chunked,", "gzip"})
  void codingThatIsNotUndoneIsRefused_HP02(String codings) {
    String request = rig.mcp("POST", "Transfer-Encoding: " + codings + "\r\n");

    assertThat(rig.answers(request + "0\r\n\r\n" + SMUGGLED))
        .containsPattern("^HTTP/1\\.1 (400|501) ")
        .satisfies(answers -> assertThat(RawRig.count(answers)).isEqualTo(1));
    assertNobodyWasReached();
  }

  @Test
  void chunksAreUnknownToOldHttp_HP02() {
    String request = rig.mcp("POST", "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n");

    assertRefused(
        rig.answers(request.replace("HTTP/1.1", "HTTP/1.0") + "0\r\n\r\n" + SMUGGLED), 400);
    assertNobodyWasReached();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+5",
        "5, 5",
        "5,5",
        "5,",
        "0x5",
        "5 5",
        "-0",
        "-5",
        "5;",
        "5\u000b",
        "5.0",
        "",
        "\u0665",
        "9223372036854775808",
        "99999999999999999999",
        "18446744073709551621"
      })
  void oddContentLengthIsRefused_HP03(String length) {
    String request = rig.mcp("POST", "Content-Length: " + length + "\r\n");

    assertRefused(rig.answers(request + "12345" + SMUGGLED), 400);
    assertNobodyWasReached();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "6", "0"})
  void secondContentLengthIsRefused_HP03(String second) {
    String fields = "Content-Length: 5\r\nContent-Length: " + second + "\r\n";

    assertRefused(rig.answers(rig.mcp("POST", fields) + "12345" + SMUGGLED), 400);
    assertNobodyWasReached();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void bodyOfAnyMethodIsABody_HP09(String method) throws Exception {
    String head = rig.mcp(method, "Connection: close\r\nContent-Length: " + SMUGGLED.length());
    try (RawClient client = rig.connect()) {
      client.send(head.replaceFirst("\r\n$", "\r\n\r\n") + SMUGGLED + SMUGGLED);
      RawUpstream.Call call = rig.upstream.next();
      assertThat(call.requestLine()).startsWith(method + " ");
      assertThat(new String(call.body(), StandardCharsets.ISO_8859_1)).isEqualTo(SMUGGLED);
      call.answer("200 OK", "", new byte[0]);
      assertThat(RawRig.count(client.readAll())).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void bodyThatNobodyWantsIsReadOverOrTheConnectionClosed_HP09(String method) throws IOException {
    for (String path : new String[] {"/mcp", "/health", "/token", "/nowhere"}) {
      String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
      String closing = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      String whole = head + "Content-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED;
      String chunk = Integer.toHexString(SMUGGLED.length()) + "\r\n" + SMUGGLED + "\r\n";
      String chunked = head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "0\r\n\r\n";
      String halved = head + "Content-Length: 100000\r\n\r\n" + SMUGGLED;

      assertThat(RawRig.count(rig.answers(whole + closing))).as(whole).isEqualTo(2);
      assertThat(RawRig.count(rig.answers(chunked + closing))).as(chunked).isEqualTo(2);
      assertRefused(rig.answers(halved), 0);
    }
    assertNobodyWasReached();
  }

  @Test
  void headerLineWithoutAnEndIsLeftAtTheLimit_HP20() throws IOException {
    String mebibyte = "a".repeat(1 << 20);
    int sent = 0;
    try (RawClient client = rig.connect()) {
      client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
      try {
        for (; sent < 100; sent++) {
          client.send(mebibyte);
        }
      } catch (IOException e) {
        // The server has hung up.
      }
      assertRefused(client.readAll(), 431);
    }
    assertThat(sent).isLessThan(20);
    assertNobodyWasReached();
  }

  /** One answer that says that the connection ends, with any status where that is zero. */
  private static void assertRefused(String answers, int status) {
    assertThat(answers)
        .startsWith("HTTP/1.1 " + (status == 0 ? "" : status + " "))
        .contains("\r\nConnection: close\r\n");
    assertThat(RawRig.count(answers)).isEqualTo(1);
  }
}
