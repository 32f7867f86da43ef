package io.mcpoauth.core.provider;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the metadata of the provider whose URL the operator gave.
 *
 * <p>Nothing is guessed: a provider that publishes no metadata is unavailable, because a secret
 * sent to a guessed token endpoint would be lost (UP-19).
 */
final class Discovery {

  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final URI url;
  private final boolean openId;
  private final Dialect dialect;
  private final GuardedHttp http;

  /**
   * @param url the issuer as the operator knows it
   * @param openId whether to look for OpenID Connect metadata first, which tells more
   */
  Discovery(URI url, boolean openId, Dialect dialect, GuardedHttp http) {
    this.url = dialect.metadataUrl(url);
    this.openId = openId;
    this.dialect = dialect;
    this.http = http;
  }

  /**
   * The first sound document. An outage at one place ends the search: going on could find a lesser
   * document and keep to it.
   */
  Fetched<ProviderMetadata> discover(Deadline deadline) {
    String flaw = null;
    for (URI location : locations()) {
      Fetched<HttpReply> fetched = fetch(location, deadline);
      if (fetched instanceof Fetched.Missed<HttpReply> missed) {
        return new Fetched.Missed<>(missed.cause());
      }
      HttpReply reply = ((Fetched.Got<HttpReply>) fetched).value();
      if (reply.isAbsent()) {
        continue;
      }
      Fetched<ProviderMetadata> document = read(reply);
      if (!(document instanceof Fetched.Missed<ProviderMetadata> missed)) {
        return document;
      }
      flaw = flaw == null ? GuardedHttp.nameOf(location) + ": " + missed.cause() : flaw;
    }
    return new Fetched.Missed<>(flaw == null ? unpublished() : flaw);
  }

  /** Each well-known form, by path insertion (RFC 8414 section 3) and by appending (OpenID). */
  private Set<URI> locations() {
    String origin = url.getScheme() + "://" + url.getRawAuthority();
    String path = withoutTrailingSlash(url.getRawPath());
    List<String> openIdForms = List.of(origin + path + OPENID, origin + OPENID + path);
    List<String> oauthForms = List.of(origin + OAUTH + path, origin + path + OAUTH);
    Set<URI> locations = new LinkedHashSet<>();
    for (String form : openId ? openIdForms : oauthForms) {
      locations.add(URI.create(form));
    }
    for (String form : openId ? oauthForms : openIdForms) {
      locations.add(URI.create(form));
    }
    return locations;
  }

  private Fetched<HttpReply> fetch(URI location, Deadline deadline) {
    return http.get(location, deadline)
        .then(
            reply ->
                reply.isTrouble()
                    ? new Fetched.Missed<>(
                        GuardedHttp.nameOf(location) + " answered " + reply.status())
                    : new Fetched.Got<>(reply));
  }

  private Fetched<ProviderMetadata> read(HttpReply reply) {
    if (!reply.isSuccess()) {
      return new Fetched.Missed<>("answered " + reply.status());
    }
    JsonObject document = JsonObject.parse(reply.body()).orElse(null);
    if (document == null) {
      return new Fetched.Missed<>("is no JSON object");
    }
    String issuer = document.text("issuer");
    if (issuer == null || !dialect.isPublishedIssuer(url, issuer)) {
      return new Fetched.Missed<>("its issuer is not " + url);
    }
    return ProviderMetadata.read(document, issuer, SafeUri.isHttps(url));
  }

  private String unpublished() {
    return url
        + " publishes no metadata; give the provider's issuer, or its authorization"
        + " endpoint together with the setting that turns discovery off";
  }

  private static String withoutTrailingSlash(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
