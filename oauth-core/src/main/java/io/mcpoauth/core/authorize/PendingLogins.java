package io.mcpoauth.core.authorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.AuthorizationRequest;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Seals what must be known when the user comes back from the provider. */
final class PendingLogins {

  private final Envelope envelope;

  PendingLogins(KeyRing keys, SecretSource random) {
    this.envelope = new Envelope(keys, KeyPurpose.PENDING_LOGIN, random);
  }

  /** The approved request and the provider that the user chose. */
  record Approved(AuthorizationRequest request, String providerId) {}

  Sealed seal(String loginId, Approved approved) {
    ObjectNode json = AuthorizationRequestCodec.write(approved.request());
    json.put("provider", approved.providerId());
    return envelope.seal(owner(loginId), Json.write(json).getBytes(StandardCharsets.UTF_8));
  }

  Optional<Approved> open(String loginId, Sealed sealed) {
    return envelope
        .open(owner(loginId), sealed)
        .flatMap(plain -> Json.parseObject(new String(plain, StandardCharsets.UTF_8)))
        .map(
            json ->
                new Approved(
                    AuthorizationRequestCodec.read(json), Json.requiredText(json, "provider")));
  }

  private static String owner(String loginId) {
    return "logins/" + loginId;
  }
}
