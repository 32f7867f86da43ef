package io.mcpoauth.core.provider;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An {@code error} code that a provider answered with; its description, which may hold anything
 * (UP-06), is never read.
 *
 * @param code letters, digits and a few marks only, so that it may stand in a log
 */
record ProviderError(String code) {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** The user or the provider's policy said no (RFC 6749, OpenID Connect Core 3.1.2.6). */
  private static final Set<String> DENIALS =
      Set.of(
          "access_denied",
          "account_selection_required",
          "consent_required",
          "interaction_required",
          "login_required");

  private static final Set<String> OUTAGES =
      Set.of("server_error", "temporarily_unavailable", "slow_down");

  /** RFC 6749 section 5.2, what Entra answers in its place, and GitHub's own name for it. */
  private static final Set<String> DEAD_GRANTS =
      Set.of(
          "invalid_grant",
          "consent_required",
          "interaction_required",
          "login_required",
          "bad_refresh_token");

  /** RFC 6749 section 5.2, and GitHub's own name for it. */
  private static final Set<String> CLIENT_ERRORS =
      Set.of("invalid_client", "unauthorized_client", "incorrect_client_credentials");

  /** RFC 6749 section 5.2, and GitHub's own name for it. */
  private static final Set<String> CODE_ERRORS = Set.of("invalid_grant", "bad_verification_code");

  /** The error of that code; null when there is none. */
  static @Nullable ProviderError of(@Nullable String code) {
    if (code == null) {
      return null;
    }
    return new ProviderError(CODE.matcher(code).matches() ? code : "an unreadable error");
  }

  boolean isDenial() {
    return DENIALS.contains(code);
  }

  boolean isOutage() {
    return OUTAGES.contains(code);
  }

  /** Whether the provider does not take who we say that we are. */
  boolean isAboutClient() {
    return CLIENT_ERRORS.contains(code);
  }

  /** Whether, as the answer to a code, it is the code alone that is wrong. */
  boolean isAboutCode() {
    return CODE_ERRORS.contains(code);
  }

  /** Whether, as the answer to a refresh, it means that only a new sign-in helps. */
  boolean isDeadGrant() {
    return DEAD_GRANTS.contains(code);
  }
}
