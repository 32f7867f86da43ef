package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask before they send a body. */
class ExpectTest extends RawTest {

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n";
  private static final String GIGABYTE = "Content-Length: 1073741824\r\n";
  private static final String EXPECT = "Expect: 100-continue\r\n";

  ExpectTest(RawRig rig) {
    super(rig);
  }

  @ParameterizedTest
  @ValueSource(strings = {EXPECT, "Expect: 100-Continue\r\n", EXPECT + EXPECT})
  void bodyIsAskedForOnceTheTokenIsGood_HP16(String expect) throws Exception {
    String fields = "Content-Length: 2\r\nConnection: close\r\n";
    try (RawClient client = rig.connect()) {
      client.send(rig.mcp("POST", fields + expect));
      assertThat(client.readUntil("\r\n\r\n")).startsWith(CONTINUE);
      client.send("ab");
      RawUpstream.Call call = rig.upstream.next();
      assertThat(call.values("Expect")).isEmpty();
      assertThat(call.body()).asString().isEqualTo("ab");
      call.answer("200 OK", "", new byte[0]);
      assertThat(client.readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Expect: foo\r\n",
        "Expect: 100-continue, foo\r\n",
        "Expect: 100-continue;q=1\r\n",
        "Expect: \"100-continue\"\r\n",
        "Expect: foo\r\n" + EXPECT,
        EXPECT + "Expect: foo\r\n"
      })
  void otherExpectationsAreNotMet_HP16(String expect) {
    String answers = rig.answers(rig.mcp("POST", "Content-Length: 2\r\n" + expect));

    assertThat(answers).startsWith("HTTP/1.1 417 ");
    assertNothingWasReadOf(answers);
  }

  @ParameterizedTest
  @ValueSource(strings = {EXPECT, ""})
  void uploadWithoutATokenIsRefusedUnread_RS26_HP16(String expect) {
    String head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\n" + GIGABYTE + expect;

    for (String token : new String[] {"", "Authorization: Bearer x\r\n"}) {
      String answers = rig.answers(head + token + "\r\n");

      assertThat(answers).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
      assertNothingWasReadOf(answers);
    }
  }

  @Test
  void bodyThatIsTooLargeIsNotAskedFor_HP16() {
    String answers =
        rig.answers(
            "POST /token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + GIGABYTE
                + EXPECT
                + "\r\n");

    assertThat(answers).startsWith("HTTP/1.1 413 ");
    assertNothingWasReadOf(answers);
  }

  private void assertNothingWasReadOf(String answers) {
    assertThat(answers).doesNotContain(CONTINUE).contains("\r\nConnection: close\r\n");
    assertThat(RawRig.count(answers)).isEqualTo(1);
    assertNobodyWasReached();
  }
}
