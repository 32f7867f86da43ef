package io.mcpoauth.core.provider;

import java.util.Map;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Names what is wrong with an ID token without quoting it, as the library's messages do. */
final class IdTokenFlaw {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(ErrorCodes.SIGNATURE_INVALID, "signature"),
          Map.entry(ErrorCodes.AUDIENCE_INVALID, "aud"),
          Map.entry(ErrorCodes.AUDIENCE_MISSING, "aud missing"),
          Map.entry(ErrorCodes.EXPIRED, "expired"),
          Map.entry(ErrorCodes.EXPIRATION_MISSING, "exp missing"),
          Map.entry(ErrorCodes.NOT_YET_VALID, "nbf"),
          Map.entry(ErrorCodes.ISSUED_AT_MISSING, "iat missing"),
          Map.entry(ErrorCodes.ISSUED_AT_INVALID_FUTURE, "iat"),
          Map.entry(ErrorCodes.SUBJECT_MISSING, "sub missing"));

  private IdTokenFlaw() {}

  /** The names of the claims that failed, or else that it is malformed. */
  static String nameOf(InvalidJwtException failure) {
    return NAMES.entrySet().stream()
        .filter(entry -> failure.hasErrorCode(entry.getKey()))
        .map(Map.Entry::getValue)
        .sorted()
        .reduce((first, second) -> first + ", " + second)
        .orElse("malformed");
  }
}
