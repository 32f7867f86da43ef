package io.mcpoauth.core.provider;

import io.mcpoauth.core.internal.Jose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;

/** Reads the public keys of a JSON Web Key Set (RFC 7517 section 5). */
final class KeySet {

  /** Whose tokens the key may sign, where a key set is common to many issuers. */
  static final String ISSUER = "issuer";

  /** What a public key and its use consist of; certificates and private parts are not looked at. */
  private static final List<String> MEMBERS =
      List.of("kty", "kid", "use", "alg", "n", "e", "crv", "x", "y", ISSUER);

  private KeySet() {}

  /** The keys; one that this server cannot use is left out and spoils none of the others. */
  static Fetched<List<JsonWebKey>> read(HttpReply reply) {
    if (!reply.isSuccess()) {
      return new Fetched.Missed<>("the key set endpoint answered " + reply.status());
    }
    List<JsonObject> members =
        JsonObject.parse(reply.body()).map(document -> document.objects("keys")).orElse(null);
    if (members == null) {
      return new Fetched.Missed<>("the key set is unreadable");
    }
    List<JsonWebKey> keys = new ArrayList<>();
    for (JsonObject member : members) {
      addTo(keys, member);
    }
    return new Fetched.Got<>(List.copyOf(keys));
  }

  private static void addTo(List<JsonWebKey> keys, JsonObject member) {
    Map<String, Object> parameters = new HashMap<>();
    for (String name : MEMBERS) {
      String value = member.text(name);
      if (value != null) {
        parameters.put(name, value);
      }
    }
    // RFC 7517 section 5: keys that are not understood should be ignored.
    Jose.read(() -> JsonWebKey.Factory.newJwk(parameters)).ifPresent(keys::add);
  }
}
