package io.mcpoauth.core.internal.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.secret.Envelope;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Sealed;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals a grant's profile for storage, bound to that grant (CR-04). */
public final class GrantProfiles {

  private final Envelope envelope;

  /** Seals with the first key of the ring. */
  public GrantProfiles(KeyRing keys, SecretSource random) {
    this.envelope = new Envelope(keys, KeyPurpose.UPSTREAM_TOKENS, random);
  }

  /** Seals the profile of that grant. */
  public Sealed seal(String grantId, GrantProfile profile) {
    ObjectNode json = Json.object();
    json.put("user", profile.user().id());
    json.put("provider", profile.user().provider());
    json.put("email", profile.user().email());
    json.put("name", profile.user().name());
    json.put("access_token", profile.tokens().accessToken().expose());
    Secret refreshToken = profile.tokens().refreshToken();
    json.put("refresh_token", refreshToken == null ? null : refreshToken.expose());
    Instant expiresAt = profile.tokens().expiresAt();
    json.put("expires_at", expiresAt == null ? null : expiresAt.toString());
    return envelope.seal(owner(grantId), Json.write(json).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Opens the profile of that grant.
   *
   * @return empty when no key of the ring opens it: the user must sign in again
   */
  public Optional<GrantProfile> open(String grantId, Sealed sealed) {
    return envelope
        .open(owner(grantId), sealed)
        .flatMap(bytes -> Json.parseObject(new String(bytes, StandardCharsets.UTF_8)))
        .map(GrantProfiles::read);
  }

  /** Whether the first key of the ring sealed it. */
  public boolean isCurrent(Sealed sealed) {
    return envelope.isCurrent(sealed);
  }

  /** The same profile, sealed with the first key; empty when no key of the ring opens it. */
  public Optional<Sealed> reseal(String grantId, Sealed sealed) {
    return envelope.reseal(owner(grantId), sealed);
  }

  private static GrantProfile read(ObjectNode json) {
    return new GrantProfile(
        new User(
            Json.requiredText(json, "user"),
            Json.requiredText(json, "provider"),
            Json.text(json, "email"),
            Json.text(json, "name")),
        new UpstreamTokens(
            Secret.of(Json.requiredText(json, "access_token")),
            secretOrNull(Json.text(json, "refresh_token")),
            instantOrNull(Json.text(json, "expires_at"))));
  }

  private static @Nullable Secret secretOrNull(@Nullable String text) {
    return text == null ? null : Secret.of(text);
  }

  private static @Nullable Instant instantOrNull(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static String owner(String grantId) {
    return "grants/" + grantId;
  }
}
