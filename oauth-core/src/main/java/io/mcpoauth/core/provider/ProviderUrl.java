package io.mcpoauth.core.provider;

import java.net.URI;

/** Which URLs an operator may give for a provider. */
final class ProviderUrl {

  private ProviderUrl() {}

  /**
   * The URL.
   *
   * @param discovery whether it is the provider's issuer, and not its authorization endpoint
   * @throws IllegalArgumentException with a message fit for an operator
   */
  static URI check(String id, String url, boolean discovery) {
    URI parsed =
        SafeUri.parse(url)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the URL of provider "
                            + id
                            + " must be an https URL, for example https://accounts.example.com"));
    require(parsed.getRawQuery() == null, "the URL of provider " + id + " has a query");
    require(
        !parsed.getRawPath().contains("/.well-known/"),
        "the URL of provider " + id + " must be its issuer, without the /.well-known/ part");
    require(
        discovery || parsed.getRawPath().endsWith("/authorize"),
        "without discovery the URL of provider " + id + " must end in /authorize");
    return parsed;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
