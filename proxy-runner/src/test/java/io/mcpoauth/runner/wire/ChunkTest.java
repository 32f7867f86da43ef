package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.RawRig.SMUGGLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that two readers could see in different places. */
class ChunkTest extends RawTest {

  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String END = "0\r\n\r\n";

  ChunkTest(RawRig rig) {
    super(rig);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2;a\nxx\r\n",
        "2;a\rxx\r\n",
        "2;a=\"\r\nxx\r\n0\r\n\r\n\"\r\nxx\r\n",
        "2 \r\nxx\r\n",
        "2\t\r\nxx\r\n",
        " 2\r\nxx\r\n",
        "0x2\r\nxx\r\n",
        "+2\r\nxx\r\n",
        "-2\r\nxx\r\n",
        "1_0\r\nxx\r\n",
        "2\u0000\r\nxx\r\n",
        "\r\nxx\r\n",
        "2\nxx\r\n",
        "2\nxx\n",
        "2\rxx\r\n",
        "8000000000000002\r\nxx\r\n",
        "10000000000000002\r\nxx\r\n",
        "fffffffffffffffff2\r\nxx\r\n",
        "0\n\n",
        "0\r\n\n"
      })
  void oddChunkIsRefusedAtOnce_HP04(String chunk) {
    assertRefused(rig.answers(rig.mcp("POST", CHUNKED) + chunk + END + SMUGGLED));
    assertRefused(rig.answers(token() + chunk + END + SMUGGLED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\nxx\n0\r\n\r\n",
        "2\r\nxx0\r\n\r\n",
        "2\r\nxxyy\r\n0\r\n\r\n",
        "2\r\nxx\r\n0\n\r\n",
        "2\r\nxx\r\n0\r\n\n",
        "2\r\nxx\r\n0\r\nno trailer\r\n\r\n",
        "2\r\nxx\r\n0\r\n"
      })
  void oddEndOfAChunkLeavesTheServerWithHalfARequest_HP04(String body) throws Exception {
    try (RawClient client = rig.connect()) {
      client.send(rig.mcp("POST", CHUNKED) + "2\r\nab\r\n");
      RawUpstream.Call call = rig.upstream.next();
      client.send(body + SMUGGLED);

      assertThat(call.awaitClosed(5_000)).startsWith("2\r\nab").doesNotContain(END, "health");
      assertRefused(client.readAll());
    }
    assertRefused(rig.answers(token() + body + SMUGGLED));
  }

  @Test
  void goodChunksAreRemade_HP04() throws Exception {
    try (RawClient client = rig.connect()) {
      client.send(rig.mcp("POST", "Connection: close\r\n" + CHUNKED));
      client.send("2;a=\"b\"\r\nab\r\n0\r\nX-Forwarded-User: mallory\r\n\r\n" + SMUGGLED);
      RawUpstream.Call call = rig.upstream.next();

      assertThat(call.body()).asString().isEqualTo("ab");
      assertThat(call.isSilentFor(200)).isTrue();
      call.answer("200 OK", "", new byte[0]);
      assertThat(RawRig.count(client.readAll())).isEqualTo(1);
    }
  }

  private static String token() {
    return "POST /token HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\n"
        + CHUNKED
        + "\r\n";
  }

  private static void assertRefused(String answers) {
    assertThat(answers).startsWith("HTTP/1.1 400 ").contains("\r\nConnection: close\r\n");
    assertThat(RawRig.count(answers)).isEqualTo(1);
  }
}
