package io.mcpoauth.core.policy;

import io.mcpoauth.core.model.User;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the operator lets in, of those for whom a provider vouches. Asked at sign-in, whenever a
 * client refreshes its tokens, and whenever the provider's are refreshed, so that a stricter policy
 * reaches those who are in already. Immutable.
 */
public final class AccessPolicy {

  private static final AccessPolicy EVERYBODY = new AccessPolicy(Set.of(), Set.of());

  private final Set<String> addresses;
  private final Set<String> domains;

  private AccessPolicy(Set<String> addresses, Set<String> domains) {
    this.addresses = addresses;
    this.domains = domains;
  }

  /** No rule of our own: whoever the provider lets in. */
  public static AccessPolicy everybody() {
    return EVERYBODY;
  }

  /**
   * Users with one of these verified e-mail addresses, or one in exactly one of these domains (not
   * in their subdomains). Without any of both, everybody.
   *
   * @throws IllegalArgumentException with a message fit for an operator when an address or a domain
   *     is none
   */
  public static AccessPolicy of(Collection<String> addresses, Collection<String> domains) {
    return new AccessPolicy(
        addresses.stream().map(AccessPolicy::address).collect(Collectors.toUnmodifiableSet()),
        domains.stream().map(AccessPolicy::domain).collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether the user may come in. */
  public boolean permits(User user) {
    return ruleAgainst(user).isEmpty();
  }

  /** The rule, in words for the operator, that keeps the user out; empty when none does. */
  public Optional<String> ruleAgainst(User user) {
    if (addresses.isEmpty() && domains.isEmpty()) {
      return Optional.empty();
    }
    if (user.email() == null) {
      return Optional.of("e-mail (none is verified)");
    }
    boolean permitted =
        EmailAddress.parse(user.email())
            .filter(
                address -> addresses.contains(address.text()) || domains.contains(address.domain()))
            .isPresent();
    return permitted ? Optional.empty() : Optional.of("e-mail");
  }

  private static String address(String text) {
    return EmailAddress.parse(text)
        .map(EmailAddress::text)
        .orElseThrow(() -> new IllegalArgumentException("it holds something that is no address"));
  }

  private static String domain(String text) {
    return EmailAddress.parseDomain(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "it holds something that is no domain name in ASCII (xn--...)"));
  }
}
