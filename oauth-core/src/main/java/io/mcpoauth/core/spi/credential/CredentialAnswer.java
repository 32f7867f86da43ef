package io.mcpoauth.core.spi.credential;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;

/** What a {@link CredentialChecker} makes of a token. */
public sealed interface CredentialAnswer {

  /**
   * It is good for the resource now.
   *
   * @param user on whose behalf it is
   * @param clientId of the program that holds it, as its issuer knows it
   * @param scopes what it is good for; those that the resource does not know do not count
   */
  record Accepted(User user, String clientId, Scopes scopes) implements CredentialAnswer {}

  /**
   * It is not, which it took some work to find out. The caller is told nothing else; who sends many
   * such tokens is told to wait.
   */
  record Rejected() implements CredentialAnswer {}

  /** It is none that this checker judges, as a glance at it tells. */
  record NotMine() implements CredentialAnswer {}

  /**
   * That cannot be told now.
   *
   * @param cause for the log, without secrets
   */
  record Unavailable(String cause) implements CredentialAnswer {}
}
