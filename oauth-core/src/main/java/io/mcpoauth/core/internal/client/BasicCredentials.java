package io.mcpoauth.core.internal.client;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Client id and secret of an HTTP Basic header, form-decoded (RFC 6749 section 2.3.1). */
public record BasicCredentials(String clientId, Secret secret) {

  private static final String SCHEME = "Basic ";
  private static final int MAX_LENGTH = 8_192;

  /** Whether the header is for this scheme at all. */
  public static boolean isBasic(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  /** Empty when the header is malformed in any way. */
  public static Optional<BasicCredentials> parse(String header) {
    if (header.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
      int colon = pair.indexOf(':');
      if (colon < 1) {
        return Optional.empty();
      }
      return formDecode(pair.substring(0, colon))
          .flatMap(
              id ->
                  formDecode(pair.substring(colon + 1))
                      .map(secret -> new BasicCredentials(id, Secret.of(secret))));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> formDecode(String text) {
    if (text.isEmpty()) {
      return Optional.of("");
    }
    return Parameters.decodeValue(text);
  }
}
