package io.mcpoauth.servlet.filter;

import io.mcpoauth.core.model.User;
import java.security.Principal;

/** The user on whose behalf a request comes. */
public record UserPrincipal(User user) implements Principal {

  /** The user's stable id. */
  @Override
  public String getName() {
    return user.id();
  }
}
