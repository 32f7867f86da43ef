package io.mcpoauth.core.internal.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns client metadata into clients that are not stored yet. */
public final class ClientDrafts {

  private final RedirectPolicy redirectPolicy;
  private final UnaryOperator<Scopes> offeredScopes;
  private final SecretSource random;
  private final InstantSource clock;

  /**
   * Drafts with redirect URIs that the policy allows.
   *
   * @param offeredScopes those of a client's scopes that it is told of
   */
  public ClientDrafts(
      RedirectPolicy redirectPolicy,
      UnaryOperator<Scopes> offeredScopes,
      SecretSource random,
      InstantSource clock) {
    this.redirectPolicy = redirectPolicy;
    this.offeredScopes = offeredScopes;
    this.random = random;
    this.clock = clock;
  }

  /**
   * A client with its secret.
   *
   * @param secret null when it has none, or keeps the one it had
   */
  public record Draft(Client client, @Nullable Secret secret) {

    /** The same client under another id. */
    public Draft withId(String id) {
      return new Draft(
          new Client(
              id,
              client.name(),
              client.redirectUris(),
              client.authenticationMethod(),
              client.secretHash(),
              client.grantTypes(),
              client.origin(),
              client.metadata(),
              client.createdAt()),
          secret);
    }
  }

  /** A new client of the metadata, with a random id. */
  public Draft create(ObjectNode document, Client.Origin origin) throws InvalidClientMetadata {
    RegistrationDocument.Metadata metadata =
        new RegistrationDocument(document, redirectPolicy, offeredScopes).check();
    Secret secret = metadata.authenticationMethod().usesSecret() ? random.secret() : null;
    return new Draft(
        new Client(
            random.identifier(),
            metadata.name(),
            metadata.redirectUris(),
            metadata.authenticationMethod(),
            secret == null ? null : secret.hash(),
            metadata.grantTypes(),
            origin,
            ClientInformation.registeredMembers(metadata),
            clock.instant().truncatedTo(ChronoUnit.SECONDS)),
        secret);
  }

  /** The client with other metadata; it keeps its secret, if it still needs one. */
  public Draft update(Client client, ObjectNode document) throws InvalidClientMetadata {
    Draft next = create(document, client.origin());
    Client draft = next.client();
    boolean keepsSecret = client.secretHash() != null && draft.authenticationMethod().usesSecret();
    return new Draft(
        new Client(
            client.id(),
            draft.name(),
            draft.redirectUris(),
            draft.authenticationMethod(),
            keepsSecret ? client.secretHash() : draft.secretHash(),
            draft.grantTypes(),
            client.origin(),
            draft.metadata(),
            client.createdAt()),
        keepsSecret ? null : next.secret());
  }
}
