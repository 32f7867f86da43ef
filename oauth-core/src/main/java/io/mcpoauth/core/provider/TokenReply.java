package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint answered (RFC 6749 sections 5.1 and 5.2), in whatever form: a JSON object
 * or a form, and an error also with status 200, as some providers do.
 */
sealed interface TokenReply {

  /** Tokens; the ID token is unverified, and null when there is none. */
  record Granted(UpstreamTokens tokens, @Nullable Secret idToken) implements TokenReply {}

  /** The provider named an error. */
  record Refused(ProviderError error) implements TokenReply {}

  /** It said nothing that can be understood. */
  record Unusable(String cause) implements TokenReply {}

  /** What may stand in a header (RFC 6750 section 2.1, wider: any visible ASCII). */
  Pattern ACCESS_TOKEN = Pattern.compile("[!-~]+");

  /** A longer life is as good as none, and far from any overflow. */
  long MAX_LIFE_SECONDS = Duration.ofDays(3650).toSeconds();

  /** Reads the answer that came at that instant. */
  static TokenReply read(HttpReply reply, Instant now) {
    if (reply.isTrouble()) {
      return new Unusable("the token endpoint answered " + reply.status());
    }
    Function<String, @Nullable String> members = members(reply);
    if (members == null) {
      return new Unusable("the token endpoint's answer is unreadable, status " + reply.status());
    }
    ProviderError error = ProviderError.of(members.apply("error"));
    if (error != null) {
      return new Refused(error);
    }
    String accessToken = members.apply("access_token");
    if (!reply.isSuccess() || accessToken == null || !ACCESS_TOKEN.matcher(accessToken).matches()) {
      return new Unusable("the token endpoint sent no access token, status " + reply.status());
    }
    String type = members.apply("token_type");
    if (type != null && !type.equalsIgnoreCase("bearer")) {
      return new Unusable("the token endpoint sent no bearer token");
    }
    Instant expiresAt = expiry(members.apply("expires_in"), now);
    Secret refreshToken = secret(members.apply("refresh_token"));
    return new Granted(
        new UpstreamTokens(Secret.of(accessToken), refreshToken, expiresAt),
        secret(members.apply("id_token")));
  }

  private static @Nullable Function<String, @Nullable String> members(HttpReply reply) {
    String body = reply.body().strip();
    if (reply.hasContentType("application/x-www-form-urlencoded")
        || (reply.hasContentType("text/plain") && !body.startsWith("{"))) {
      Parameters form = Parameters.parse(body).orElse(null);
      return form == null ? null : form::get;
    }
    JsonObject json = JsonObject.parse(body).orElse(null);
    if (json == null) {
      return null;
    }
    return name -> name.equals("expires_in") ? asText(json.number(name)) : json.text(name);
  }

  private static @Nullable String asText(@Nullable Long number) {
    return number == null ? null : number.toString();
  }

  /** A missing, negative or senseless life counts as not said. */
  private static @Nullable Instant expiry(@Nullable String expiresIn, Instant now) {
    if (expiresIn == null || !expiresIn.matches("\\d{1,15}")) {
      return null;
    }
    long seconds = Long.parseLong(expiresIn);
    return seconds == 0 || seconds > MAX_LIFE_SECONDS ? null : now.plusSeconds(seconds);
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null ? null : Secret.of(text);
  }
}
