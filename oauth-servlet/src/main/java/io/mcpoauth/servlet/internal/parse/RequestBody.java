package io.mcpoauth.servlet.internal.parse;

import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.protocol.Parameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads request bodies strictly and within a limit.
 *
 * <p>Never {@code getParameter}: it would mix the query into the form (TC-17) and read without our
 * limits.
 */
public final class RequestBody {

  /** The most that is ever read of a body, in bytes (HP-13). */
  public static final int MAX_BYTES = 65_536;

  private RequestBody() {}

  /** Reads an {@code application/x-www-form-urlencoded} body in UTF-8. */
  public static Body<Parameters> form(HttpServletRequest request) throws IOException {
    return text(request, "application/x-www-form-urlencoded", ErrorCode.INVALID_REQUEST)
        .match(
            RequestBody::parameters,
            refused -> new Body.Refused<>(refused.status(), refused.error()));
  }

  /** Reads an {@code application/json} body in UTF-8. */
  public static Body<String> json(HttpServletRequest request) throws IOException {
    return text(request, "application/json", ErrorCode.INVALID_CLIENT_METADATA);
  }

  private static Body<Parameters> parameters(String text) {
    Optional<Parameters> parameters = Parameters.parse(text);
    return parameters.isPresent()
        ? new Body.Read<>(parameters.get())
        : refused(400, ErrorCode.INVALID_REQUEST, "The form is malformed.");
  }

  private static Body<String> text(HttpServletRequest request, String mediaType, ErrorCode code)
      throws IOException {
    if (isEncoded(request)) {
      return refused(415, code, "Content-Encoding is not supported.");
    }
    if (!isUtf8Of(mediaType, request)) {
      return refused(400, code, "The Content-Type must be " + mediaType + " in UTF-8.");
    }
    if (request.getContentLengthLong() > MAX_BYTES) {
      return tooLarge(code);
    }
    byte[] bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      return tooLarge(code);
    }
    try {
      return new Body.Read<>(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return refused(400, code, "The body is not UTF-8.");
    }
  }

  private static boolean isEncoded(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Content-Encoding")).stream()
        .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"));
  }

  /** Two fields are none: readers would differ on which (TC-18). */
  private static boolean isUtf8Of(String mediaType, HttpServletRequest request) {
    List<String> fields = Collections.list(request.getHeaders("Content-Type"));
    return fields.size() == 1 && ContentType.isUtf8Of(mediaType, fields.get(0));
  }

  private static <T> Body<T> tooLarge(ErrorCode code) {
    return refused(413, code, "The body is too large.");
  }

  private static <T> Body<T> refused(int status, ErrorCode code, String description) {
    return new Body.Refused<>(status, new OAuthError(code, description));
  }
}
