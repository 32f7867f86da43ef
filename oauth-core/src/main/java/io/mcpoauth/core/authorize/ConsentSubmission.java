package io.mcpoauth.core.authorize;

import io.mcpoauth.core.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The submitted consent form.
 *
 * @param ticket of the {@link ConsentPage}; null when the field is missing
 * @param providerId the provider that the user approved with; null when the user declined
 * @param browserSecret the value of the consent cookie; null when the browser has none
 * @param remember whether the user does not want to be asked again
 */
public record ConsentSubmission(
    @Nullable Secret ticket,
    @Nullable String providerId,
    @Nullable Secret browserSecret,
    boolean remember) {

  /** Of a user who wants to be asked again. */
  public ConsentSubmission(
      @Nullable Secret ticket, @Nullable String providerId, @Nullable Secret browserSecret) {
    this(ticket, providerId, browserSecret, false);
  }
}
