package io.mcpoauth.core.internal.authorize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a browser remembers of its user's approvals, in a sealed cookie. An approval is recalled for
 * the same client as it described itself, redirect URI and resource, for the same scopes or fewer
 * (CN-05); whether it is the same user turns out at the sign-in.
 */
public final class RememberedConsents {

  private static final String OWNER = "approvals";
  private static final int MAX_APPROVALS = 10;

  /** A browser keeps 4 KB with the cookie's name and attributes. */
  private static final int MAX_LENGTH = 3_500;

  private final Envelope envelope;
  private final InstantSource clock;
  private final Duration lifetime;

  /**
   * Approvals that are remembered for the lifetime, by this instance's clock.
   *
   * @param lifetime zero when nothing is ever remembered
   */
  public RememberedConsents(
      KeyRing keys, SecretSource random, InstantSource clock, Duration lifetime) {
    this.envelope = new Envelope(keys, KeyPurpose.CONSENT_MEMORY, random);
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /**
   * One approval.
   *
   * @param subject a hash of what was approved of, apart from the scopes
   * @param user a hash of the id of who approved
   */
  record Approval(String subject, Scopes scopes, String provider, String user, Instant until) {}

  Duration lifetime() {
    return lifetime;
  }

  /**
   * Whether the user may be asked once for many times. Whoever gets the answer must be known by an
   * https host: programs on a device pass for each other (RFC 8252 section 8.6).
   */
  boolean mayRemember(AuthorizationRequest request) {
    return !lifetime.isZero() && request.redirectUri().kind() == RedirectUri.Kind.HTTPS;
  }

  /** The approval of that request that the cookie remembers. */
  Optional<Approval> find(
      @Nullable Secret cookie, AuthorizationRequest request, String clientRevision) {
    String subject = subject(request, clientRevision);
    return mayRemember(request)
        ? read(cookie).stream()
            .filter(approval -> approval.subject.equals(subject))
            .filter(approval -> approval.scopes.containsAll(request.scopes()))
            .findFirst()
        : Optional.empty();
  }

  /** The cookie with one more approval, in place of an earlier one of the same subject. */
  Secret add(
      @Nullable Secret cookie, AuthorizationRequest request, String clientRevision, User user) {
    String subject = subject(request, clientRevision);
    List<Approval> approvals = new ArrayList<>();
    approvals.add(
        new Approval(
            subject,
            request.scopes(),
            user.provider(),
            hash(user.id()),
            clock.instant().plus(lifetime)));
    read(cookie).stream()
        .filter(approval -> !approval.subject.equals(subject))
        .limit(MAX_APPROVALS - 1L)
        .forEach(approvals::add);
    Secret written = write(approvals);
    while (written.expose().length() > MAX_LENGTH) {
      approvals.remove(approvals.size() - 1);
      written = write(approvals);
    }
    return written;
  }

  /** Whether it was this user's approval. */
  static boolean isOf(User user, String approvingUser) {
    return hash(user.id()).equals(approvingUser);
  }

  private List<Approval> read(@Nullable Secret cookie) {
    if (cookie == null || cookie.expose().length() > MAX_LENGTH) {
      return List.of();
    }
    Instant now = clock.instant();
    return decode(cookie.expose())
        .flatMap(bytes -> envelope.open(OWNER, Sealed.ofStored(bytes)))
        .flatMap(plain -> Json.parseObject(new String(plain, StandardCharsets.UTF_8)))
        .map(RememberedConsents::approvals)
        .orElse(List.of())
        .stream()
        .filter(approval -> now.isBefore(approval.until))
        .toList();
  }

  private Secret write(List<Approval> approvals) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("approvals");
    for (Approval approval : approvals) {
      ObjectNode entry = array.addObject();
      entry.put("subject", approval.subject);
      entry.put("scope", approval.scopes.toString());
      entry.put("provider", approval.provider);
      entry.put("user", approval.user);
      entry.put("until", approval.until.getEpochSecond());
    }
    Sealed bytes = envelope.seal(OWNER, Json.write(json).getBytes(StandardCharsets.UTF_8));
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toBytes()));
  }

  private static List<Approval> approvals(ObjectNode json) {
    List<Approval> approvals = new ArrayList<>();
    for (JsonNode entry : json.path("approvals")) {
      approvals.add(
          new Approval(
              entry.path("subject").asText(),
              Scopes.parse(entry.path("scope").asText()).orElseThrow(),
              entry.path("provider").asText(),
              entry.path("user").asText(),
              Instant.ofEpochSecond(entry.path("until").longValue())));
    }
    return approvals;
  }

  private static String subject(AuthorizationRequest request, String clientRevision) {
    return hash(
        Json.write(
            Map.of(
                "client", request.clientId(),
                "revision", clientRevision,
                "redirect_uri", request.redirectUri().value(),
                "resource", request.resource().value())));
  }

  private static String hash(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(SecretHash.of(text).toBytes());
  }

  private static Optional<byte[]> decode(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
