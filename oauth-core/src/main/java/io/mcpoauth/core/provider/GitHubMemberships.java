package io.mcpoauth.core.provider;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.net.URI;
import java.util.Set;

/** Asks GitHub whether a user belongs to one of the operator's organizations. */
final class GitHubMemberships {

  private final URI endpoint;
  private final Set<String> organizations;
  private final GuardedHttp http;

  /**
   * @param endpoint followed by the name of an organization
   * @param organizations of which one is enough; empty where none is needed
   */
  GitHubMemberships(URI endpoint, Set<String> organizations, GuardedHttp http) {
    this.endpoint = endpoint;
    this.organizations = Set.copyOf(organizations);
    this.http = http;
  }

  /** The user, if let in. An organization that could not be asked after is no proof of anything. */
  Step<User> require(User user, Secret accessToken, Deadline deadline) {
    if (organizations.isEmpty()) {
      return new Step.Next<>(user);
    }
    String outage = null;
    for (String organization : organizations) {
      Fetched<HttpReply> fetched = http.get(endpoint.resolve(organization), accessToken, deadline);
      if (fetched instanceof Fetched.Missed<HttpReply> missed) {
        outage = missed.cause();
      } else {
        HttpReply reply = ((Fetched.Got<HttpReply>) fetched).value();
        if (isActive(reply)) {
          return new Step.Next<>(user);
        }
        outage = reply.isTrouble() ? "memberships answered " + reply.status() : outage;
      }
    }
    return outage == null
        ? new Step.End<>(new SignInAnswer.NotAllowed(user, "GitHub organization"))
        : Step.unavailable(outage);
  }

  /** Somebody who was invited and has not accepted yet is {@code pending}. */
  private static boolean isActive(HttpReply reply) {
    return reply.isSuccess()
        && JsonObject.parse(reply.body())
            .filter(membership -> "active".equals(membership.text("state")))
            .isPresent();
  }
}
