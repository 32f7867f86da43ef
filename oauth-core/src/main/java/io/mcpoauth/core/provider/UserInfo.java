package io.mcpoauth.core.provider;

import io.mcpoauth.core.secret.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a provider's userinfo endpoint who the user is (OpenID Connect Core section 5.3). */
final class UserInfo {

  private final GuardedHttp http;

  UserInfo(GuardedHttp http) {
    this.http = http;
  }

  /** The verified claims of an ID token, and after them what userinfo says of the same subject. */
  Step<List<JsonObject>> complete(
      JsonObject claims, @Nullable URI endpoint, Secret accessToken, Deadline deadline) {
    String subject = Profile.subjectOf(claims);
    if (subject == null) {
      return Step.rejected("the ID token has no usable subject");
    }
    if (endpoint == null) {
      return new Step.Next<>(List.of(claims));
    }
    return Step.of(http.get(endpoint, accessToken, deadline))
        .then(
            reply ->
                isForOthers(reply)
                    ? new Step.Next<>(List.of(claims))
                    : read(reply).then(profile -> sameSubject(subject, claims, profile)));
  }

  /** What the userinfo endpoint says where there is no ID token to compare it with. */
  Step<JsonObject> alone(@Nullable URI endpoint, Secret accessToken, Deadline deadline) {
    return endpoint == null
        ? Step.rejected("the provider has neither ID tokens nor a userinfo endpoint")
        : Step.of(http.get(endpoint, accessToken, deadline)).then(UserInfo::read);
  }

  /** An access token made for another API, as at Entra, does not open userinfo: do without it. */
  private static boolean isForOthers(HttpReply reply) {
    return reply.status() == 401 || reply.status() == 403;
  }

  /** OpenID Connect Core section 5.3.2: of another subject, not a word is to be used (UP-12). */
  private static Step<List<JsonObject>> sameSubject(
      String subject, JsonObject claims, JsonObject profile) {
    return subject.equals(profile.text("sub"))
        ? new Step.Next<>(List.of(claims, profile))
        : Step.rejected("userinfo is about another subject than the ID token");
  }

  private static Step<JsonObject> read(HttpReply reply) {
    if (reply.isTrouble()) {
      return Step.unavailable("the userinfo endpoint answered " + reply.status());
    }
    return JsonObject.parse(reply.body())
        .filter(profile -> reply.isSuccess())
        .<Step<JsonObject>>map(Step.Next::new)
        .orElse(Step.rejected("userinfo is unreadable, status " + reply.status()));
  }
}
