package io.mcpoauth.core.client.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.client.document.FetchResult.Fetched;
import io.mcpoauth.core.internal.Json;
import java.util.Optional;

/**
 * Keys that a client publishes beside its document, at its {@code jwks_uri}. They are read together
 * with the document and kept with it, so that limits, lifetimes and outages are those of one host.
 */
final class PublishedKeySet {

  private PublishedKeySet() {}

  /**
   * Where the keys are; empty when the document names no such place on its own host. Another host's
   * could be anybody's, and a second host to contact would tell by the time of our answer what
   * listens there (CM-19).
   */
  static Optional<ClientIdUrl> urlIn(
      String document, ClientIdUrl url, DangerousTestAllowance allowance) {
    return Json.parseObject(document)
        .filter(json -> !"none".equals(Json.text(json, "token_endpoint_auth_method")))
        .flatMap(json -> Optional.ofNullable(Json.text(json, "jwks_uri")))
        .flatMap(text -> ClientIdUrl.parse(text, allowance))
        .filter(keys -> keys.authority().equals(url.authority()));
  }

  /** The document with the key set in place of its address; the shorter lifetime counts. */
  static Fetched insert(Fetched keySet, Fetched document) {
    ObjectNode json = Json.parseObject(document.body()).orElseThrow();
    Optional<ObjectNode> keys = Json.parseObject(keySet.body());
    if (keys.isPresent() && !json.has("jwks")) {
      json.remove("jwks_uri");
      json.set("jwks", keys.get());
    }
    boolean keysEndFirst = keySet.lifetime().compareTo(document.lifetime()) < 0;
    return new Fetched(Json.write(json), keysEndFirst ? keySet.lifetime() : document.lifetime());
  }
}
