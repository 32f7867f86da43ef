package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Builds the authorization response (OAuth 2.1 section 4.1.2): the validated redirect URI byte for
 * byte, with our parameters appended, each once.
 */
final class ClientRedirect {

  private final String issuer;

  ClientRedirect(String issuer) {
    this.issuer = issuer;
  }

  AuthorizeOutcome.ToClient withCode(RedirectUri target, Secret code, @Nullable String state) {
    return build(target, "code", code.expose(), state);
  }

  AuthorizeOutcome.ToClient withError(RedirectUri target, ErrorCode error, @Nullable String state) {
    return build(target, "error", error.wireName(), state);
  }

  AuthorizeOutcome.ToClient withError(
      RedirectUri target, ErrorCode error, String description, @Nullable String state) {
    StringBuilder location = start(target, "error", error.wireName());
    append(location, "error_description", description);
    return finish(location, state);
  }

  private AuthorizeOutcome.ToClient build(
      RedirectUri target, String name, String value, @Nullable String state) {
    return finish(start(target, name, value), state);
  }

  private static StringBuilder start(RedirectUri target, String name, String value) {
    StringBuilder location = new StringBuilder(target.value());
    location.append(target.value().indexOf('?') < 0 ? '?' : '&');
    return location.append(name).append('=').append(encode(value));
  }

  /** RFC 9207 section 2: {@code iss} stands in every response, errors included. */
  private AuthorizeOutcome.ToClient finish(StringBuilder location, @Nullable String state) {
    if (state != null) {
      append(location, "state", state);
    }
    append(location, "iss", issuer);
    return new AuthorizeOutcome.ToClient(Secret.of(location.toString()));
  }

  private static void append(StringBuilder location, String name, String value) {
    location.append('&').append(name).append('=').append(encode(value));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
