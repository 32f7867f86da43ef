package io.mcpoauth.servlet.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A complete response of ours: status, header fields and a small body. Immutable. */
public final class Answer {

  private static final byte[] NOTHING = {};

  private final int status;
  private final List<HeaderField> headers;
  private final byte[] body;

  private Answer(int status, List<HeaderField> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** An answer without a body. */
  public static Answer empty(int status) {
    return new Answer(status, List.of(), NOTHING);
  }

  /** A JSON answer; the caller says how it may be cached. */
  public static Answer json(int status, String json) {
    return empty(status).withBody("application/json;charset=UTF-8", json);
  }

  /** The same answer with another status. */
  public Answer withStatus(int other) {
    return new Answer(other, headers, body);
  }

  /** The same answer with this body. */
  public Answer withBody(String contentType, String text) {
    return new Answer(status, headers, text.getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", contentType);
  }

  /** The same answer with one more header field. */
  public Answer with(String name, String value) {
    List<HeaderField> more = new ArrayList<>(headers);
    more.add(new HeaderField(name, value));
    return new Answer(status, List.copyOf(more), body);
  }

  /** The same answer with more header fields. */
  public Answer with(List<HeaderField> fields) {
    List<HeaderField> more = new ArrayList<>(headers);
    more.addAll(fields);
    return new Answer(status, List.copyOf(more), body);
  }

  /** The same answer, never to be stored by anyone (OAuth 2.1 section 3.2.3). */
  public Answer notStored() {
    return with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The header fields in order, without {@code Content-Length}. */
  public List<HeaderField> headers() {
    return headers;
  }

  /** A copy of the body; empty when there is none. */
  public byte[] body() {
    return body.clone();
  }
}
