package io.mcpoauth.core.client.document;

import io.mcpoauth.core.client.document.FetchResult.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 response (RFC 9112) of a host that may be hostile. Everything is counted while
 * it is read, and whatever two readers could understand differently is refused.
 */
final class HttpResponseReader {

  static final int MAX_BODY_LENGTH = 5 * 1_024;
  private static final int MAX_LINES_LENGTH = 16 * 1_024;

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: [\\t\\x20-\\x7e\\x80-\\xff]*)?");
  private static final Pattern HEADER_LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\\t ]*([\\t\\x20-\\x7e\\x80-\\xff]*)");
  private static final Pattern CHUNK_LINE =
      Pattern.compile("([0-9A-Fa-f]{1,8})(?:[\\t ]*;[\\t\\x20-\\x7e]*)?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  private final InputStream in;
  private int lineBytes;

  HttpResponseReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Thrown and caught in this package only; the reason is in the log, and the rest is not ours. */
  static final class Unacceptable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Unacceptable(Reason reason) {
      super(reason.name(), null, false, false);
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  /** The head of the final response; interim ones (RFC 9110 section 15.2) are skipped. */
  HttpResponse readHead() throws IOException, Unacceptable {
    HttpResponse head = readOneHead();
    while (head.status() < 200) {
      if (head.status() == 101) {
        throw malformed();
      }
      head = readOneHead();
    }
    return head;
  }

  private HttpResponse readOneHead() throws IOException, Unacceptable {
    Matcher statusLine = match(STATUS_LINE, readLine());
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      Matcher header = match(HEADER_LINE, line);
      headers.merge(
          header.group(1).toLowerCase(Locale.ROOT),
          header.group(2).strip(),
          (first, next) -> first + "," + next);
    }
    return new HttpResponse(Integer.parseInt(statusLine.group(1)), headers);
  }

  /** The body in strict UTF-8, which is what JSON is in (RFC 8259 section 8.1). */
  String readBody(HttpResponse head) throws IOException, Unacceptable {
    String encoding = head.header("content-encoding");
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw malformed(); // We asked for none, and a small body could unfold to a huge one (CM-11).
    }
    byte[] body;
    if (head.has("transfer-encoding")) {
      if (head.has("content-length")
          || !head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
        throw malformed();
      }
      body = readChunks();
    } else if (head.has("content-length")) {
      body = readExactly(length(head.header("content-length")));
    } else {
      body = readToEnd();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static int length(String contentLength) throws Unacceptable {
    long length = Long.parseLong(match(LENGTH, contentLength).group());
    if (length > MAX_BODY_LENGTH) {
      throw new Unacceptable(Reason.TOO_LARGE);
    }
    return (int) length;
  }

  private byte[] readExactly(int length) throws IOException, Unacceptable {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw malformed();
    }
    return bytes;
  }

  /** RFC 9112 section 6.3: ends with the connection. A cut JSON object is no JSON object. */
  private byte[] readToEnd() throws IOException, Unacceptable {
    byte[] bytes = in.readNBytes(MAX_BODY_LENGTH + 1);
    if (bytes.length > MAX_BODY_LENGTH) {
      throw new Unacceptable(Reason.TOO_LARGE);
    }
    return bytes;
  }

  private byte[] readChunks() throws IOException, Unacceptable {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      long size = Long.parseLong(match(CHUNK_LINE, readLine()).group(1), 16);
      if (size == 0) {
        skipTrailer();
        return body.toByteArray();
      }
      if (body.size() + size > MAX_BODY_LENGTH) {
        throw new Unacceptable(Reason.TOO_LARGE);
      }
      body.write(readExactly((int) size));
      if (!readLine().isEmpty()) {
        throw malformed();
      }
    }
  }

  private void skipTrailer() throws IOException, Unacceptable {
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      match(HEADER_LINE, line);
    }
  }

  /** A line without its CRLF. All lines of a response together are bounded. */
  private String readLine() throws IOException, Unacceptable {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      lineBytes++;
      if (next < 0 || lineBytes > MAX_LINES_LENGTH) {
        throw malformed();
      }
      if (next == '\r') {
        if (in.read() != '\n') {
          throw malformed();
        }
        return line.toString();
      }
      line.append((char) next);
    }
  }

  private static Matcher match(Pattern pattern, String text) throws Unacceptable {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw malformed();
    }
    return matcher;
  }

  private static Unacceptable malformed() {
    return new Unacceptable(Reason.MALFORMED_RESPONSE);
  }
}
