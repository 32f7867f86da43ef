package io.mcpoauth.core.internal.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.SessionStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of a fixed life. The browser holds a random secret, storage its hash and who the user
 * is, sealed: a copy of the database opens no session, and a session that was ended is over at
 * once, whoever has a copy of the cookie (WB-11).
 */
public final class Sessions {

  /** How long a session lasts, used or not. */
  public static final Duration LIFETIME = Duration.ofHours(1);

  private final SessionStore store;
  private final Envelope envelope;
  private final KeyRing keys;
  private final SecretSource random;

  /** Sessions in that store. */
  public Sessions(SessionStore store, KeyRing keys, SecretSource random) {
    this.store = store;
    this.envelope = new Envelope(keys, KeyPurpose.SESSION, random);
    this.keys = keys;
    this.random = random;
  }

  /** Begins a session; each has a secret of its own, whatever the browser had before (WB-08). */
  public Secret begin(User user) {
    Secret secret = random.secret();
    SecretHash id = secret.hash();
    ObjectNode json = Json.object();
    json.put("user", user.id());
    json.put("provider", user.provider());
    json.put("email", user.email());
    json.put("name", user.name());
    store.begin(
        id, envelope.seal(owner(id), Json.write(json).getBytes(StandardCharsets.UTF_8)), LIFETIME);
    return secret;
  }

  /** The session of the browser that holds this secret; empty when there is none any more. */
  public Optional<Session> find(@Nullable Secret secret) {
    if (secret == null) {
      return Optional.empty();
    }
    SecretHash id = secret.hash();
    return store
        .find(id)
        .flatMap(kept -> envelope.open(owner(id), kept))
        .flatMap(plain -> Json.parseObject(new String(plain, StandardCharsets.UTF_8)))
        .map(json -> new Session(user(json), Secret.of(formTokens(secret).get(0))));
  }

  /**
   * The session, if the form was made for it: the token is derived from the secret that only its
   * browser and we know.
   */
  public Optional<Session> findForForm(@Nullable Secret secret, @Nullable Secret formToken) {
    if (secret == null || formToken == null) {
      return Optional.empty();
    }
    byte[] presented = formToken.expose().getBytes(StandardCharsets.UTF_8);
    boolean genuine = false;
    for (String expected : formTokens(secret)) {
      genuine |= MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), presented);
    }
    return genuine ? find(secret) : Optional.empty();
  }

  /** Ends the session of that secret. */
  public void end(Secret secret) {
    store.end(secret.hash());
  }

  private List<String> formTokens(Secret secret) {
    return keys.macs(KeyPurpose.SESSION_FORM, secret.expose()).stream()
        .map(mac -> Base64.getUrlEncoder().withoutPadding().encodeToString(mac))
        .toList();
  }

  private static User user(ObjectNode json) {
    return new User(
        Json.requiredText(json, "user"),
        Json.requiredText(json, "provider"),
        Json.text(json, "email"),
        Json.text(json, "name"));
  }

  private static String owner(SecretHash id) {
    return "sessions/" + HexFormat.of().formatHex(id.toBytes());
  }
}
