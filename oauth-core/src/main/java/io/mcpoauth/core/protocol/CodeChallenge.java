package io.mcpoauth.core.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A PKCE code challenge of method S256, the only one there is here (RFC 7636, OAuth 2.1 section
 * 7.5.1).
 *
 * @param value 43 characters of base64url: the SHA-256 of the verifier
 */
public record CodeChallenge(String value) {

  /** The wire name of the one supported {@code code_challenge_method}. */
  public static final String METHOD = "S256";

  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

  /**
   * @throws IllegalArgumentException when the value is not 43 characters of base64url
   */
  public CodeChallenge {
    if (!CHALLENGE.matcher(value).matches()) {
      throw new IllegalArgumentException("not an S256 code challenge");
    }
  }

  /** The challenge of that value; empty when it cannot be the S256 of anything. */
  public static Optional<CodeChallenge> parse(String value) {
    return CHALLENGE.matcher(value).matches()
        ? Optional.of(new CodeChallenge(value))
        : Optional.empty();
  }

  /** Whether the text has the form of a code verifier (RFC 7636 section 4.1). */
  public static boolean isVerifier(String text) {
    return VERIFIER.matcher(text).matches();
  }

  /** The challenge that this verifier answers. */
  public static CodeChallenge ofVerifier(String verifier) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return new CodeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether the verifier is the one that this challenge was made of, in constant time. */
  public boolean isAnsweredBy(String verifier) {
    return isVerifier(verifier)
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.US_ASCII),
            ofVerifier(verifier).value.getBytes(StandardCharsets.US_ASCII));
  }
}
