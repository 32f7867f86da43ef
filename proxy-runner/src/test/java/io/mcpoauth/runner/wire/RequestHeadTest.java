package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request lines and header fields that two readers could take for different ones. */
class RequestHeadTest extends RawTest {

  RequestHeadTest(RawRig rig) {
    super(rig);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", "\u000b", "\u000c", "\u007f", "\u0001"})
  void controlCharactersAreRefused_HP05(String control) {
    assertRefused(head("X%sY: 1\r\n".formatted(control)), 400);
    assertRefused(head("X-%s: 1\r\n".formatted(control)), 400);
    assertRefused(head("X-Value: a%sb\r\n".formatted(control)), 400);
    assertRefused(head("X-Value: a%s\r\n".formatted(control)), 400);
    assertRefused(head("X-Value: a%sX-Forwarded-User: mallory\r\n".formatted(control)), 400);
    assertRefused(line("GET /mcp%sx HTTP/1.1".formatted(control)), 400, 505);
    assertRefused(line("GET /mcp?%sx HTTP/1.1".formatted(control)), 400, 505);
    assertRefused(line("GE%sT /mcp HTTP/1.1".formatted(control)), 400);
    assertRefused(line("GET /mcp HTTP/1.1%s".formatted(control)), 400);
  }

  @Test
  void linesEndInBothCharacters_HP05() {
    String request = head("");

    assertRefused(request.replace("\r\n", "\n"), 400);
    assertRefused(request.replaceFirst("\r\n", "\n"), 400);
    assertRefused(request.replaceFirst("\r\n\r\n$", "\r\n\n"), 400);
    assertRefused(request.replaceFirst("\r\n\r\n$", "\n\r\n"), 400);
    assertRefused(request.replaceFirst("\r\n", "\r"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Host: localhost\r\nHost: localhost\r\n",
        "Host: localhost\r\nHost: elsewhere.example\r\n",
        "Host:\r\n",
        "Host: localhost/path\r\n",
        "Host: localhost/\r\n",
        "Host: local host\r\n",
        "Host: localhost\tx\r\n",
        "Host: local,host\r\n",
        "Host: user@localhost\r\n",
        "Host: user:password@localhost\r\n",
        "Host: localhost:99999\r\n",
        "Host: localhost:65536\r\n",
        "Host: localhost:-1\r\n",
        "Host: localhost:\r\n",
        "Host: localhost:0\r\n",
        "Host: localhost:http\r\n",
        "Host: localhost:80:80\r\n",
        "Host: localhost?x\r\n",
        "Host: localhost#x\r\n",
        "Host: localhost\\x\r\n",
        "Host: [::1\r\n",
        "Host: [::1]x\r\n",
        "Host: http://localhost\r\n",
        "Host: loc\"alhost\r\n",
        "Host: lo\u00e9\r\n"
      })
  void oddHostIsRefused_HP06(String host) {
    assertRefused("GET /mcp HTTP/1.1\r\n" + host + fields() + "\r\n", 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://elsewhere.example/mcp",
        "http://localhost:81/mcp",
        "http://user@localhost/mcp",
        "http://localhost:99999/mcp",
        "ftp://localhost/mcp"
      })
  void absoluteTargetThatHostContradictsIsRefused_HP06(String target) {
    assertRefused(line("GET " + target + " HTTP/1.1"), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /mcp",
        "GET /mcp ",
        "GET /mcp HTTP/0.9",
        "GET /mcp HTTP/1.2",
        "GET /mcp HTTP/2.0",
        "GET /mcp HTTP/3.0",
        "GET /mcp HTTP/1.10",
        "GET /mcp HTTP/01.1",
        "GET /mcp HTTP/1",
        "GET /mcp HTTP/1.1x",
        "GET /mcp HTTP/1,1",
        "GET /mcp HTTP / 1.1",
        "GET /mcp HTTP/1.1 x",
        "GET /mcp HTTP/1.1 ",
        "GET  /mcp HTTP/1.1",
        "GET /mcp  HTTP/1.1",
        "GET /mcp http/1.1",
        "GET http:/mcp HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET /mcp RTSP/1.0",
        "PRI * HTTP/2.0",
        " GET /mcp HTTP/1.1",
        "GET\t/mcp HTTP/1.1",
        "GET /mcp\tHTTP/1.1",
        "GET\t/mcp\tHTTP/1.1",
        "GET mcp HTTP/1.1",
        "GET * HTTP/1.1",
        "GET /mcp /x HTTP/1.1",
        "G(T /mcp HTTP/1.1",
        "get /mcp HTTP/1.1",
        "Get /mcp HTTP/1.1",
        "post /token HTTP/1.1",
        "FETCH /mcp HTTP/1.1",
        "PROPFIND /token HTTP/1.1"
      })
  void oddRequestLineIsRefused_HP07(String line) {
    assertRefused(line(line), 400, 426, 501, 505);
  }

  @Test
  void longMethodIsLeftAtTheLimit_HP07() {
    assertRefused(line("A".repeat(100_000) + " /mcp HTTP/1.1"), 431);
    assertRefused(line("A".repeat(10_000) + " /mcp HTTP/1.1"), 501);
  }

  private String fields() {
    return rig.authorization() + "Connection: close\r\n";
  }

  private String line(String line) {
    return line + "\r\nHost: localhost\r\n" + fields() + "\r\n";
  }

  private String head(String field) {
    return "GET /mcp HTTP/1.1\r\nHost: localhost\r\n" + field + fields() + "\r\n";
  }

  /** Refused with one of these, and nobody was reached. */
  private void assertRefused(String request, Integer... statuses) {
    String answers = rig.answers(request);
    assertThat(answers).as(request).startsWith("HTTP/1.1 ");
    assertThat(Integer.valueOf(answers.substring(9, 12))).as(request).isIn((Object[]) statuses);
    assertThat(RawRig.count(answers)).isEqualTo(1);
    assertNobodyWasReached();
  }
}
