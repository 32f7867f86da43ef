package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The keys in client metadata (RFC 7591 section 2): public ones only, in one place only. */
final class PublishedKeys {

  /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1, RFC 8037 section 2. */
  private static final List<String> PRIVATE_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private PublishedKeys() {}

  static void check(ObjectNode document) throws InvalidClientMetadata {
    JsonNode keySet = document.get("jwks");
    if (keySet == null || keySet.isNull()) {
      return;
    }
    if (document.hasNonNull("jwks_uri")) {
      throw new InvalidClientMetadata("jwks and jwks_uri exclude each other");
    }
    JsonNode keys = keySet.get("keys");
    if (keys == null || !keys.isArray()) {
      throw new InvalidClientMetadata("jwks must be a JWK set");
    }
    for (JsonNode key : keys) {
      if (!key.isObject() || PRIVATE_MEMBERS.stream().anyMatch(key::has)) {
        throw new InvalidClientMetadata("jwks must hold public keys only");
      }
    }
  }
}
