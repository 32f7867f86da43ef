package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Scopes;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Google's OpenID Connect. */
final class GoogleDialect implements Dialect {

  private static final Scopes NEEDED = Scopes.of("openid", "profile", "email");

  /** Google calls that {@code access_type}, and refuses a request for the scope. */
  private static final Scopes UNKNOWN_THERE = Scopes.of("offline_access");

  private final Set<String> hostedDomains;

  /**
   * @param hostedDomains of Google Workspace, in lower case; empty when any account may sign in
   */
  GoogleDialect(Set<String> hostedDomains) {
    this.hostedDomains = Set.copyOf(hostedDomains);
  }

  /** Operators know the URL of the sign-in page rather than the issuer. */
  @Override
  public URI metadataUrl(URI given) {
    return URI.create(given.getScheme() + "://" + given.getRawAuthority());
  }

  /** Google signs ID tokens with or without the scheme before its name. */
  @Override
  public boolean isTokenIssuer(String published, @Nullable String keyIssuer, JsonObject claims) {
    String issuer = claims.text("iss");
    return published.equals(issuer)
        || published.substring(published.indexOf("://") + 3).equals(issuer);
  }

  @Override
  public Scopes scopes(Scopes wanted) {
    return wanted.minus(UNKNOWN_THERE).plus(NEEDED);
  }

  /**
   * Google gives a refresh token for offline access only, and only when the user was asked: without
   * {@code prompt=consent} the second grant of a user has none and ends within the hour. The hosted
   * domain is a hint for Google's page; what counts is the claim (UP-26).
   */
  @Override
  public Map<String, String> authorizationParameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("access_type", "offline");
    parameters.put("prompt", "consent");
    if (!hostedDomains.isEmpty()) {
      parameters.put("hd", hostedDomains.size() == 1 ? hostedDomains.iterator().next() : "*");
    }
    return parameters;
  }

  /** Private accounts have no {@code hd}, whatever their e-mail address ends in. */
  @Override
  public Optional<String> brokenRule(JsonObject claims) {
    if (hostedDomains.isEmpty()) {
      return Optional.empty();
    }
    String domain = claims.text("hd");
    return domain != null && hostedDomains.contains(domain.toLowerCase(Locale.ROOT))
        ? Optional.empty()
        : Optional.of("Google hosted domain");
  }
}
