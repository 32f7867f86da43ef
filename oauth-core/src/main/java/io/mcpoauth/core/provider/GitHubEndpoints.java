package io.mcpoauth.core.provider;

import java.net.URI;

/**
 * Where GitHub does what; tests bring their own.
 *
 * @param issuer that GitHub names if it names any (RFC 9207)
 * @param memberships followed by the name of an organization
 */
record GitHubEndpoints(
    String issuer, URI authorization, URI token, URI user, URI emails, URI memberships) {

  /** Those of github.com, known by heart. */
  static GitHubEndpoints ofGitHub() {
    return of("https://github.com", "https://api.github.com");
  }

  static GitHubEndpoints of(String site, String api) {
    String issuer = site + "/login/oauth";
    return new GitHubEndpoints(
        issuer,
        URI.create(issuer + "/authorize"),
        URI.create(issuer + "/access_token"),
        URI.create(api + "/user"),
        URI.create(api + "/user/emails"),
        URI.create(api + "/user/memberships/orgs/"));
  }
}
