package io.mcpoauth.core.model;

import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;

/**
 * An MCP server as clients know it.
 *
 * @param uri its canonical URI: the audience of its tokens (RFC 8707)
 * @param scopesSupported what its metadata document offers (RFC 9728 section 2)
 * @param scopesRequired what every request needs, and what challenges name
 */
public record ProtectedResource(ResourceUri uri, Scopes scopesSupported, Scopes scopesRequired) {

  /**
   * @throws IllegalArgumentException when a required scope is not supported
   */
  public ProtectedResource {
    if (!scopesSupported.containsAll(scopesRequired)) {
      throw new IllegalArgumentException("a required scope must be a supported one");
    }
  }

  /** Where its metadata are: the well-known part stands before the path (RFC 9728 section 3.1). */
  public String metadataUrl() {
    return uri.origin() + "/.well-known/oauth-protected-resource" + uri.path();
  }
}
