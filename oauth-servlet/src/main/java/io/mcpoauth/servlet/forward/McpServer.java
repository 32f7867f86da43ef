package io.mcpoauth.servlet.forward;

import io.mcpoauth.core.model.ProtectedResource;
import java.net.URI;

/**
 * An MCP server behind the proxy.
 *
 * @param resource what clients know it as
 * @param url where it is: {@code http(s)://host[:port][/path]}. With a path, that path takes the
 *     place of the resource's path; without one, requests keep their path
 * @param passesProviderToken whether it is given the provider's access token in {@code
 *     X-Forwarded-Access-Token}
 * @param passesIdentityToken whether it is told who the user is by a signed JWT, too, in {@code
 *     X-Forwarded-Identity}
 * @param capacity how many requests it may have at a time
 */
public record McpServer(
    ProtectedResource resource,
    URI url,
    boolean passesProviderToken,
    boolean passesIdentityToken,
    Capacity capacity) {

  /**
   * How many requests an MCP server may have at a time, open streams included.
   *
   * @param requests further ones are answered 503, so that a server that hangs takes no more than
   *     its share
   * @param perUser further ones of one user are answered 429, so that nobody takes all places
   */
  public record Capacity(int requests, int perUser) {

    private static final Capacity STANDARD = new Capacity(10_000, 200);

    /**
     * @throws IllegalArgumentException with a message fit for an operator when it is none at all
     */
    public Capacity {
      if (requests < 1 || perUser < 1) {
        throw new IllegalArgumentException("the MCP server must be allowed a request at a time");
      }
    }

    /** Far more than people make, and less than would hurt. */
    public static Capacity standard() {
      return STANDARD;
    }
  }

  /** One with the standard limit. */
  public McpServer(
      ProtectedResource resource, URI url, boolean passesProviderToken, boolean passesIdentity) {
    this(resource, url, passesProviderToken, passesIdentity, Capacity.standard());
  }

  /** One that trusts the network, and with it the other header fields. */
  public McpServer(ProtectedResource resource, URI url, boolean passesProviderToken) {
    this(resource, url, passesProviderToken, false);
  }

  /**
   * @throws IllegalArgumentException with a message fit for an operator when the URL cannot work
   */
  public McpServer {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new IllegalArgumentException("the MCP server's URL must be http(s)://host[/path]");
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the MCP server's URL must not have a user, a query or a fragment");
    }
  }
}
