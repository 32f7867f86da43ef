package io.mcpoauth.servlet.internal.forward;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where servers and frameworks look for a user, a peer or a rewritten target (HS-10): what gateways
 * put into requests to say who is there, so that a client which sends it would be believed.
 *
 * <p>Not among them is what clients send for themselves: keys of an API, ids of a trace.
 */
final class IdentityNames {

  private static final Set<String> NAMES =
      Set.of(
          "client-ip",
          "fastly-client-ip",
          "true-client-ip",
          "x-apigateway-api-userinfo",
          "x-cluster-client-ip",
          "x-email",
          "x-endpoint-api-userinfo",
          "x-group",
          "x-groups",
          "x-host",
          "x-jwt-assertion",
          "x-method-override",
          "x-role",
          "x-roles");

  /** None begins with another, so that the last one before a name decides. */
  static final List<String> PREFIXES =
      List.of(
          "cf-", // Cloudflare
          "forwarded",
          "mellon-", // Apache, mod_auth_mellon
          "oidc-", // Apache, mod_auth_openidc
          "remote-",
          "shib-", // Shibboleth
          "ssl-", // nginx and Apache, of client certificates
          "tailscale-",
          "teleport-",
          "x-amzn-mtls-", // AWS, load balancers
          "x-amzn-oidc-",
          "x-appengine-", // Google App Engine
          "x-auth-",
          "x-authenticated-",
          "x-authentik-",
          "x-azure-", // Azure Front Door
          "x-client-cert",
          "x-client-ip",
          "x-consumer-", // Kong
          "x-credential-",
          "x-envoy-",
          "x-forward-",
          "x-forwarded",
          "x-goog-authenticated-", // Google, Identity-Aware Proxy
          "x-goog-iap-",
          "x-http-method", // another method than the one that was checked
          "x-ms-client-principal", // Azure App Service
          "x-ms-token-",
          "x-original-",
          "x-originating-",
          "x-pomerium-",
          "x-proxyuser-",
          "x-real-",
          "x-remote-",
          "x-rewrite-",
          "x-ssl-",
          "x-user",
          "x-vouch-",
          "x-webauth-", // Grafana
          "xforwarded");

  private static final TreeSet<String> SORTED = new TreeSet<>(PREFIXES);

  private IdentityNames() {}

  /**
   * Whether a field says who is there.
   *
   * @param folded a name as {@link HeaderNames#fold} makes it
   */
  static boolean contains(String folded) {
    String prefix = SORTED.floor(folded);
    return (prefix != null && folded.startsWith(prefix)) || NAMES.contains(folded);
  }
}
