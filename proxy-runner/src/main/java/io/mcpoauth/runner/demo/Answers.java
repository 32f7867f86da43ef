package io.mcpoauth.runner.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes whole answers: JSON, pages, redirects. */
final class Answers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Answers() {}

  static void json(Response response, Callback callback, int status, Object body) {
    write(response, callback, status, "application/json", jsonBytes(body));
  }

  /** An HTML page that no script, frame or other site takes part in. */
  static void page(Response response, Callback callback, int status, String html) {
    // No form-action: browsers apply it to every redirect after the form, and the chain goes on to
    // the redirect address of an application that this page does not know.
    response
        .getHeaders()
        .put(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    // Not no-referrer: with it, browsers send "Origin: null" with the form.
    response.getHeaders().put("Referrer-Policy", "same-origin");
    text(response, callback, status, "text/html;charset=utf-8", html);
  }

  static void text(Response response, Callback callback, int status, String type, String text) {
    write(response, callback, status, type, text.getBytes(UTF_8));
  }

  static void redirect(Response response, Callback callback, String location) {
    response.getHeaders().put(HttpHeader.LOCATION, location);
    empty(response, callback, HttpStatus.SEE_OTHER_303);
  }

  static void empty(Response response, Callback callback, int status) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.allocate(0), callback);
  }

  static byte[] jsonBytes(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
