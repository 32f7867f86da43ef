package io.mcpoauth.core.internal.client.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.protocol.AssertionAlgorithm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The public keys of a client, as far as assertions can be verified with them. */
public final class ClientKeys {

  /** Those of a rotation, with some to spare; each one may cost a verification. */
  private static final int MAX_KEYS = 10;

  private final List<ClientKey> keys;

  private ClientKeys(List<ClientKey> keys) {
    this.keys = keys;
  }

  /** The keys in client metadata, its {@code jwks} (RFC 7591 section 2). */
  public static ClientKeys ofMetadata(String metadata) {
    return Json.parseObject(metadata)
        .map(document -> of(document.path("jwks")))
        .orElse(new ClientKeys(List.of()));
  }

  /** The keys of a JWK set (RFC 7517 section 5); those that cannot be used are left out. */
  public static ClientKeys of(JsonNode keySet) {
    List<ClientKey> keys = new ArrayList<>();
    for (JsonNode jwk : keySet.path("keys")) {
      if (keys.size() < MAX_KEYS) {
        ClientKey.read(jwk).ifPresent(keys::add);
      }
    }
    return new ClientKeys(List.copyOf(keys));
  }

  /** Whether no assertion can be verified. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** The keys that may have signed: of that id, if the assertion names one. */
  List<ClientKey> fitting(AssertionAlgorithm algorithm, @Nullable String keyId) {
    return keys.stream()
        .filter(key -> key.algorithms().contains(algorithm))
        .filter(key -> keyId == null || keyId.equals(key.keyId()))
        .toList();
  }
}
