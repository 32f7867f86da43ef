package io.mcpoauth.core.internal.authorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
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

  /** What a sign-in is for. */
  sealed interface Pending {

    /** The provider that the user chose. */
    String providerId();
  }

  /** A client's request that the user approved, now or earlier. */
  record Approved(AuthorizationRequest request, String providerId, ConsentMemory memory)
      implements Pending {}

  /** The user's own page. */
  record Account(String providerId) implements Pending {}

  Sealed seal(String loginId, Pending pending) {
    ObjectNode json =
        pending instanceof Approved approved
            ? AuthorizationRequestCodec.write(approved.request())
            : Json.object();
    json.put("provider", pending.providerId());
    json.put("account", pending instanceof Account);
    if (pending instanceof Approved approved) {
      json.put("keep_revision", approved.memory().keepRevision());
      json.put("recalled_user", approved.memory().recalledUser());
    }
    return envelope.seal(owner(loginId), Json.write(json).getBytes(StandardCharsets.UTF_8));
  }

  Optional<Pending> open(String loginId, Sealed sealed) {
    return envelope
        .open(owner(loginId), sealed)
        .flatMap(plain -> Json.parseObject(new String(plain, StandardCharsets.UTF_8)))
        .map(PendingLogins::read);
  }

  private static Pending read(ObjectNode json) {
    String provider = Json.requiredText(json, "provider");
    return json.path("account").asBoolean()
        ? new Account(provider)
        : new Approved(
            AuthorizationRequestCodec.read(json),
            provider,
            new ConsentMemory(Json.text(json, "keep_revision"), Json.text(json, "recalled_user")));
  }

  private static String owner(String loginId) {
    return "logins/" + loginId;
  }
}
