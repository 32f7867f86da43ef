package io.mcpoauth.core.internal.authorize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * The hidden field of the consent form: the checked request, sealed, bound to the browser that was
 * shown the page. What the user sees cannot be changed on the way (CN-07), and a ticket of another
 * browser is worth nothing (CN-03).
 */
public final class ConsentTickets {

  private static final String OWNER = "consent";

  private final Envelope envelope;
  private final SecretSource random;
  private final InstantSource clock;
  private final Duration lifetime;

  /** Tickets that are good for the lifetime, by this instance's clock. */
  public ConsentTickets(KeyRing keys, SecretSource random, InstantSource clock, Duration lifetime) {
    this.envelope = new Envelope(keys, KeyPurpose.CONSENT_FORM, random);
    this.random = random;
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /**
   * An opened ticket.
   *
   * @param id of the decision: the login that it begins has the same one
   * @param clientRevision of the client that the user was shown (CN-17)
   */
  record Ticket(
      String id,
      AuthorizationRequest request,
      String clientRevision,
      SecretHash browser,
      Instant expiresAt) {}

  Secret issue(AuthorizationRequest request, String clientRevision, Secret browserSecret) {
    ObjectNode json = AuthorizationRequestCodec.write(request);
    json.put("client_revision", clientRevision);
    json.put("id", random.identifier());
    json.put("browser", encode(browserSecret.hash().toBytes()));
    json.put("expires_at", clock.instant().plus(lifetime).toString());
    Sealed sealed = envelope.seal(OWNER, Json.write(json).getBytes(StandardCharsets.UTF_8));
    return Secret.of(encode(sealed.toBytes()));
  }

  /** The ticket that we issued and that has not expired. */
  Optional<Ticket> open(Secret text) {
    return decode(text.expose())
        .flatMap(bytes -> envelope.open(OWNER, Sealed.ofStored(bytes)))
        .flatMap(plain -> Json.parseObject(new String(plain, StandardCharsets.UTF_8)))
        .map(ConsentTickets::read)
        .filter(ticket -> clock.instant().isBefore(ticket.expiresAt()));
  }

  private static Ticket read(ObjectNode json) {
    return new Ticket(
        Json.requiredText(json, "id"),
        AuthorizationRequestCodec.read(json),
        Json.requiredText(json, "client_revision"),
        SecretHash.ofStored(Base64.getUrlDecoder().decode(Json.requiredText(json, "browser"))),
        Instant.parse(Json.requiredText(json, "expires_at")));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
