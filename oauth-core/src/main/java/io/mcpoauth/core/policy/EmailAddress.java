package io.mcpoauth.core.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address whose domain is beyond doubt: ASCII alone, one {@code @}, and after it a domain
 * name without a trailing dot. Anything else could be read in two ways, and so is no address here
 * (UP-15). Upper and lower case are the same.
 */
record EmailAddress(String text, String domain) {

  private static final Pattern LOCAL_PART = Pattern.compile("[!-~&&[^@\"(),:;<>\\[\\]\\\\]]{1,64}");
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")+");
  private static final int MAX_DOMAIN = 253;

  /** The address; empty when the text is none. */
  static Optional<EmailAddress> parse(String text) {
    int at = text.indexOf('@');
    if (at < 0 || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
      return Optional.empty();
    }
    return parseDomain(text.substring(at + 1))
        .map(
            domain ->
                new EmailAddress(
                    text.substring(0, at).toLowerCase(Locale.ROOT) + "@" + domain, domain));
  }

  /** A domain name in lower case; empty when the text is none. */
  static Optional<String> parseDomain(String text) {
    // Before folding: some letters outside ASCII have lower-case forms inside it.
    if (text.length() > MAX_DOMAIN || !text.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty();
    }
    String domain = text.toLowerCase(Locale.ROOT);
    return DOMAIN.matcher(domain).matches() ? Optional.of(domain) : Optional.empty();
  }
}
