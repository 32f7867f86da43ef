package io.mcpoauth.core.protocol;

/**
 * A refusal: the code for machines, and a sentence for the developer who reads it.
 *
 * @param description printable ASCII without {@code "} and {@code \} (RFC 6749 section 5.2); never
 *     holds what the caller sent
 */
public record OAuthError(ErrorCode code, String description) {

  /**
   * @throws IllegalArgumentException when the description has a character that RFC 6749 forbids
   */
  public OAuthError {
    if (!description.chars().allMatch(OAuthError::isDescriptionCharacter)) {
      throw new IllegalArgumentException("description has a character that RFC 6749 forbids");
    }
  }

  /** The JSON object that says so to a client (RFC 6749 section 5.2). */
  public String document() {
    return "{\"error\":\"%s\",\"error_description\":\"%s\"}"
        .formatted(code.wireName(), description);
  }

  private static boolean isDescriptionCharacter(int c) {
    return c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';
  }
}
