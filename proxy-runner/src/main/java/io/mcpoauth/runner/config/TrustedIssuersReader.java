package io.mcpoauth.runner.config;

import io.mcpoauth.core.provider.TrustedIssuer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads whose access tokens are good at MCP servers besides our own. */
final class TrustedIssuersReader {

  private static final String AUDIENCE = "audience=";
  private static final Set<String> TAKEN = Set.of("oauth", "google", "microsoft", "github", "demo");

  private TrustedIssuersReader() {}

  /**
   * The entries of the setting.
   *
   * @throws IllegalArgumentException with a phrase for the operator
   */
  static List<TrustedIssuer.Settings> parse(String text) {
    List<TrustedIssuer.Settings> issuers = new ArrayList<>();
    Set<String> ids = new HashSet<>(TAKEN);
    for (String entry : text.split("[;\\n]", -1)) {
      if (!entry.isBlank()) {
        TrustedIssuer.Settings issuer = parseEntry(entry.strip().split("\\s+", -1));
        if (!ids.add(issuer.id())) {
          throw new IllegalArgumentException("it gives an id that is taken");
        }
        issuers.add(issuer);
      }
    }
    if (issuers.isEmpty()) {
      throw new IllegalArgumentException("it names no issuer");
    }
    return issuers;
  }

  private static TrustedIssuer.Settings parseEntry(String[] words) {
    if (words.length < 3 || words.length > 4) {
      throw new IllegalArgumentException("each issuer needs an id, its name and its key set");
    }
    if (words.length == 4 && !words[3].startsWith(AUDIENCE)) {
      throw new IllegalArgumentException("what follows the key set of an issuer must be audience=");
    }
    Set<String> audiences =
        words.length == 4
            ? SettingParsers.entries(words[3].substring(AUDIENCE.length()))
            : Set.of();
    return new TrustedIssuer.Settings(words[0], words[1], keySet(words[2]), audiences);
  }

  private static URI keySet(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key set of an issuer is no URL");
    }
  }
}
