package io.mcpoauth.core.model;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.secret.SecretHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client (RFC 7591 section 2): registered, or described by a document at its id's URL.
 *
 * @param id the {@code client_id}
 * @param name what the client calls itself; shown on the consent page, so never trusted
 * @param redirectUris at least one where codes are granted; a resource server has none
 * @param secretHash null exactly for clients that authenticate without a secret
 * @param origin who registered it
 * @param metadata all registered values as a JSON object, for answers of RFC 7591 and RFC 7592; of
 *     a document client the document itself
 * @param createdAt by the clock of the instance that made it; for display and schedules only
 */
public record Client(
    String id,
    String name,
    List<RedirectUri> redirectUris,
    ClientAuthenticationMethod authenticationMethod,
    @Nullable SecretHash secretHash,
    Set<GrantType> grantTypes,
    Origin origin,
    String metadata,
    Instant createdAt) {

  /** Who registered a client, which says how far its name can be trusted. */
  public enum Origin {
    /** The operator. */
    OPERATOR,
    /** Anybody, through the registration endpoint. */
    DYNAMIC,
    /** Whoever publishes the document that the id is the URL of; such a client is never stored. */
    DOCUMENT
  }

  /**
   * @throws IllegalArgumentException when there is no redirect URI for codes, or a secret where the
   *     method has none or the other way round
   */
  public Client {
    redirectUris = List.copyOf(redirectUris);
    grantTypes = Set.copyOf(grantTypes);
    if (redirectUris.isEmpty() && grantTypes.contains(GrantType.AUTHORIZATION_CODE)) {
      throw new IllegalArgumentException("a client needs a redirect URI");
    }
    if (authenticationMethod.usesSecret() != (secretHash != null)) {
      throw new IllegalArgumentException("the secret does not fit the authentication method");
    }
  }

  /**
   * The SHA-256 of the metadata in base64url: two clients of one id and one revision are the same,
   * so what a user approved of can be told from what came later (CN-05, CN-17).
   */
  public String revision() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(metadata.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The registered redirect URI that the presented one is; empty when it is none of them. */
  public Optional<RedirectUri> registeredFormOf(String presented) {
    return redirectUris.stream().filter(uri -> uri.matches(presented)).findFirst();
  }
}
