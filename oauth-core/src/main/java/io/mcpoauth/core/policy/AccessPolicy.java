package io.mcpoauth.core.policy;

import io.mcpoauth.core.model.User;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom the operator lets in, of those for whom a provider vouches. Asked at sign-in, whenever a
 * client refreshes its tokens, and whenever the provider's are refreshed, so that a stricter policy
 * reaches those who are in already. Immutable.
 */
public final class AccessPolicy {

  private static final Logger AUDIT = LoggerFactory.getLogger("io.mcpoauth.audit");
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

  /** Whether the user may come in; a refusal is noted for the operator. */
  public boolean permits(User user) {
    if (addresses.isEmpty() && domains.isEmpty()) {
      return true;
    }
    boolean permitted =
        Optional.ofNullable(user.email())
            .flatMap(EmailAddress::parse)
            .filter(
                address -> addresses.contains(address.text()) || domains.contains(address.domain()))
            .isPresent();
    if (!permitted) {
      noteRefusal(user, user.email() == null ? "e-mail (none is verified)" : "e-mail");
    }
    return permitted;
  }

  /**
   * Notes for the operator that a rule kept a user out. Of the user's data only the id is written.
   *
   * @param rule in words
   */
  public static void noteRefusal(User user, String rule) {
    AUDIT.info("access denied: user={} provider={} rule=\"{}\"", user.id(), user.provider(), rule);
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
