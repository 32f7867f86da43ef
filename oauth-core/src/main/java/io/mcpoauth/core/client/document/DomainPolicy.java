package io.mcpoauth.core.client.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose documents are read (Client ID Metadata Document section 6.8): hosts that are allowed, if
 * any are named, and not denied. A host is named exactly, or with all hosts below it as {@code
 * *.example.com}, which does not mean {@code example.com} itself.
 */
record DomainPolicy(Set<String> allowed, Set<String> denied) {

  static final DomainPolicy EVERYBODY = new DomainPolicy(Set.of(), Set.of());

  private static final Pattern FORM = Pattern.compile("(?:\\*\\.)?[a-z0-9-]+(?:\\.[a-z0-9-]+)*");

  /**
   * @throws IllegalArgumentException with a message fit for an operator when a name is malformed
   */
  DomainPolicy {
    allowed = lowerCase(allowed);
    denied = lowerCase(denied);
  }

  boolean admits(String host) {
    return (allowed.isEmpty() || allowed.stream().anyMatch(name -> covers(name, host)))
        && denied.stream().noneMatch(name -> covers(name, host));
  }

  private static boolean covers(String name, String host) {
    return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
  }

  private static Set<String> lowerCase(Collection<String> names) {
    Set<String> lowerCase =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String name : lowerCase) {
      if (!FORM.matcher(name).matches()) {
        throw new IllegalArgumentException("not a host name or *.name: " + name);
      }
    }
    return lowerCase;
  }
}
