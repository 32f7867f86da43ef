package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a verified access token of another issuer says.
 *
 * @param notBefore the earliest time at which it counts
 * @param expiresAt from when on it does not
 */
record ForeignClaims(
    User user,
    String clientId,
    Scopes scopes,
    List<String> audiences,
    Instant notBefore,
    Instant expiresAt) {

  /** By how much the clock of an issuer may be ahead of ours. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final int MAX_CLIENT = 255;
  private static final long MAX_SECONDS = 1L << 40;

  /** What only an ID token has: it is for a client, and never for a resource. */
  private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

  /**
   * The claims.
   *
   * @param prefix what ids of users begin with
   * @return empty when something that has to be there is missing, or it is an ID token
   */
  static Optional<ForeignClaims> read(JsonObject json, String prefix) {
    String subject = Profile.subjectOf(json);
    long issuedAt = seconds(json, "iat");
    long expiresAt = seconds(json, "exp");
    boolean idToken = OF_ID_TOKENS.stream().anyMatch(name -> json.text(name) != null);
    if (idToken || subject == null || issuedAt < 0 || expiresAt < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new ForeignClaims(
            user(json, prefix, subject),
            client(json, prefix),
            scopes(json),
            textsOf(json, "aud"),
            Instant.ofEpochSecond(Math.max(seconds(json, "nbf"), issuedAt)),
            Instant.ofEpochSecond(expiresAt)));
  }

  /** Whether it counts at that time. It never outlives its expiry, whatever clocks say (RS-12). */
  boolean isTimely(Instant now) {
    return now.isBefore(expiresAt) && !now.isBefore(notBefore.minus(SKEW));
  }

  private static User user(JsonObject json, String prefix, String subject) {
    String email = json.isTrue("email_verified") ? Profile.emailIn(json, "email") : null;
    return new User(prefix + ":" + subject, prefix, email, json.line("name", User.MAX_NAME));
  }

  /** A text of several (RFC 9068 section 2.2.3), or a list, as some write it. */
  private static Scopes scopes(JsonObject json) {
    List<String> words =
        Stream.concat(textsOf(json, "scope").stream(), textsOf(json, "scp").stream()).toList();
    return Scopes.parse(String.join(" ", words)).orElse(Scopes.none());
  }

  private static List<String> textsOf(JsonObject json, String name) {
    String one = json.text(name);
    List<String> several = json.texts(name);
    return one != null ? List.of(one) : several == null ? List.of() : several;
  }

  /** Who holds the token: issuers disagree on where to say so. */
  private static String client(JsonObject json, String prefix) {
    for (String name : List.of("client_id", "azp", "appid")) {
      String id = json.line(name, MAX_CLIENT);
      if (id != null) {
        return id;
      }
    }
    return prefix;
  }

  /** The seconds since 1970; negative when there is no such time. */
  private static long seconds(JsonObject json, String name) {
    Long seconds = json.number(name);
    return seconds == null || seconds >= MAX_SECONDS ? -1 : seconds;
  }
}
