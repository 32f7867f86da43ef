package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a user of what a provider vouched for. */
final class Profile {

  /** OpenID Connect Core section 2: a subject has at most 255 characters. */
  private static final int MAX_SUBJECT = 255;

  private Profile() {}

  /** The subject of OpenID Connect claims; null when there is no usable one. */
  static @Nullable String subjectOf(JsonObject claims) {
    return claims.line("sub", MAX_SUBJECT);
  }

  /** The subject of a plain OAuth 2.0 profile, which often is called {@code id}, or null. */
  static @Nullable String subjectOrIdOf(JsonObject profile) {
    String subject = subjectOf(profile);
    if (subject != null) {
      return subject;
    }
    String number = profile.numericId("id");
    return number != null ? number : profile.line("id", MAX_SUBJECT);
  }

  /**
   * The user of that id.
   *
   * @param sources in which to look for the e-mail address and the name, the best one first
   */
  static User user(String id, String provider, List<JsonObject> sources, Dialect dialect) {
    String email = null;
    String name = null;
    for (JsonObject source : sources) {
      email = email == null ? verifiedEmailIn(source, dialect) : email;
      name = name == null ? nameIn(source, "preferred_username") : name;
    }
    return new User(id, provider, email, name);
  }

  /** The address that {@code field} holds, when it looks like one; null otherwise. */
  static @Nullable String emailIn(JsonObject source, String field) {
    String email = source.line(field, User.MAX_EMAIL);
    boolean usable =
        email != null
            && email.indexOf('@') > 0
            && email.indexOf('@') == email.lastIndexOf('@')
            && email.indexOf(' ') < 0;
    return usable ? email : null;
  }

  /** An address that the provider has not verified is anybody's to claim (UP-14). */
  private static @Nullable String verifiedEmailIn(JsonObject source, Dialect dialect) {
    return dialect.isEmailVerified(source) ? emailIn(source, "email") : null;
  }

  /** The display name, or else what that member calls the user; null when it has neither. */
  static @Nullable String nameIn(JsonObject source, String otherwise) {
    String name = source.line("name", User.MAX_NAME);
    return name != null ? name : source.line(otherwise, User.MAX_NAME);
  }
}
