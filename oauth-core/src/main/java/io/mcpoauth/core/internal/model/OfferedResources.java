package io.mcpoauth.core.internal.model;

import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.ResourceUri;
import java.util.List;
import java.util.Optional;

/**
 * The resources of a server, as requests name them (RFC 8707 section 2).
 *
 * @param all at least one; the first is meant when a request names none
 */
public record OfferedResources(List<ProtectedResource> all) {

  /** These, in that order. */
  public OfferedResources {
    all = List.copyOf(all);
  }

  /** The one that is meant when a request names none. */
  public ProtectedResource first() {
    return all.get(0);
  }

  /**
   * The resource that is meant. Some clients name only the origin, which is the first one there.
   */
  public Optional<ProtectedResource> named(String text) {
    return ResourceUri.parse(text)
        .flatMap(
            uri ->
                all.stream()
                    .filter(resource -> resource.uri().equals(uri))
                    .findFirst()
                    .or(
                        () ->
                            all.stream()
                                .filter(resource -> resource.uri().origin().equals(uri.value()))
                                .findFirst()));
  }
}
