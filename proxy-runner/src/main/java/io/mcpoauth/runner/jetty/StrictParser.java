package io.mcpoauth.runner.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Refuses request lines that Jetty reads although they are none: with more than one space between
 * their parts, or the name of the protocol in lower case (HP-07, RFC 9112 sections 2.3 and 3).
 */
final class StrictParser extends HttpParser {

  private boolean inLine;
  private int spaces;
  private byte last;

  StrictParser(RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance) {
    super(handler, maxHeaderBytes, compliance);
  }

  @Override
  public boolean parseNext(ByteBuffer buffer) {
    if (isStart()) {
      inLine = true;
      spaces = 0;
      last = 0;
    }
    if (inLine && !isLineSound(buffer)) {
      BufferUtil.clear(buffer);
      badMessage(new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, "odd line"));
      return false;
    }
    return super.parseNext(buffer);
  }

  /** Looks at what there is of the line, which may come in pieces. */
  private boolean isLineSound(ByteBuffer buffer) {
    for (int i = buffer.position(); inLine && i < buffer.limit(); i++) {
      byte b = buffer.get(i);
      if (b == ' ') {
        spaces++;
      }
      if ((b == ' ' && last == ' ') || (spaces > 1 && b >= 'a' && b <= 'z')) {
        return false;
      }
      // An empty line before the request is skipped (RFC 9112 section 2.2).
      inLine = b != '\n' || spaces == 0;
      last = b;
    }
    return true;
  }
}
