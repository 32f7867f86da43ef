package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpoauth.core.client.document.FetchResult.Reason;
import io.mcpoauth.core.client.document.HttpResponseReader.Unacceptable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseReaderTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  private static String body(InputStream in) throws IOException, Unacceptable {
    HttpResponseReader reader = new HttpResponseReader(in);
    return reader.readBody(reader.readHead());
  }

  private static String body(String response) throws IOException, Unacceptable {
    return body(new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Reason refusal(InputStream in) {
    return catchThrowableOfType(Unacceptable.class, () -> body(in)).reason();
  }

  private static Reason refusal(String response) {
    return refusal(new ByteArrayInputStream(response.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void bodyIsReadByLengthByChunksAndToTheEnd() throws IOException, Unacceptable {
    assertThat(body(OK + "content-length: 2\r\n\r\n{}x")).isEqualTo("{}");
    assertThat(body(CHUNKED + "1\r\n{\r\n01;a=\"b\"\r\n}\r\n0\r\nX: y\r\n\r\n")).isEqualTo("{}");
    assertThat(body("HTTP/1.0 200\r\n\r\n{}")).isEqualTo("{}");
  }

  @Test
  void interimResponsesAreSkipped() throws IOException, Unacceptable {
    assertThat(body("HTTP/1.1 103 Hints\r\nLink: x\r\n\r\n" + OK + "\r\n{}")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 0200 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\rX\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: y\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: \0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: y\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\n\r\n\u00fc"
      })
  void responseThatReadersCouldUnderstandDifferentlyIsRefused(String response) {
    assertThat(refusal(response)).isEqualTo(Reason.MALFORMED_RESPONSE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x\r\n{}\r\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}0\r\n\r\n",
        "2\r\n{}\r\n",
        "2\n{}\r\n0\r\n\r\n",
        "3\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}\r\n0\r\n",
        "000000002\r\n{}\r\n0\r\n\r\n"
      })
  void badChunksAreRefused(String chunks) {
    assertThat(refusal(CHUNKED + chunks)).isEqualTo(Reason.MALFORMED_RESPONSE);
  }

  @Test
  void longBodyIsRefusedAtTheLimit_CM11() throws IOException, Unacceptable {
    String longest = "x".repeat(5_120);

    assertThat(body(OK + "Content-Length: 5120\r\n\r\n" + longest)).isEqualTo(longest);
    assertThat(body(OK + "\r\n" + longest)).isEqualTo(longest);
    assertThat(refusal(OK + "Content-Length: 5121\r\n\r\n")).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(OK + "\r\n" + longest + "x")).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(CHUNKED + "ffffffff\r\n")).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(CHUNKED + "1\r\nx\r\n1400\r\n")).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", OK, OK + "X: ", CHUNKED, CHUNKED + "1;", CHUNKED + "0\r\nX: "})
  void neverEndingLinesAreRefusedAtTheLimit_CM12(String beginning) {
    assertThat(refusal(endless(beginning, "a"))).isEqualTo(Reason.MALFORMED_RESPONSE);
  }

  @Test
  void neverEndingHeadersAndChunksAreRefusedAtTheLimit_CM11_CM12() {
    assertThat(refusal(endless(OK, "a: b\r\n"))).isEqualTo(Reason.MALFORMED_RESPONSE);
    assertThat(refusal(endless("", "HTTP/1.1 103 X\r\n\r\n"))).isEqualTo(Reason.MALFORMED_RESPONSE);
    assertThat(refusal(endless(CHUNKED, "1\r\nx\r\n"))).isEqualTo(Reason.TOO_LARGE);
    assertThat(refusal(endless(OK + "\r\n", "x"))).isEqualTo(Reason.TOO_LARGE);
  }

  /** The beginning, then a megabyte of the same text. */
  private static InputStream endless(String beginning, String repeated) {
    String text = beginning + repeated.repeat(1_000_000 / repeated.length());
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
