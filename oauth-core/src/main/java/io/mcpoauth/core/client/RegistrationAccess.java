package io.mcpoauth.core.client;

import io.mcpoauth.core.internal.client.ClientDrafts.Draft;
import io.mcpoauth.core.internal.client.ClientInformation;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.Insertion;
import io.mcpoauth.core.spi.storage.RegistrationStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registrations and the tokens that give access to them (RFC 7592). */
final class RegistrationAccess {

  private final RegistrationStore store;
  private final OpaqueTokens tokens;
  private final SecretSource random;
  private final String registrationEndpoint;

  /**
   * Access to the registrations of that store.
   *
   * @param registrationEndpoint its URL; each client's own is below it
   */
  RegistrationAccess(
      RegistrationStore store,
      OpaqueTokens tokens,
      SecretSource random,
      String registrationEndpoint) {
    this.store = store;
    this.tokens = tokens;
    this.random = random;
    this.registrationEndpoint = registrationEndpoint;
  }

  /** A client as whoever holds its token sees it. */
  record Managed(Client client, OpaqueToken token) {}

  /** The client information of the new client; empty when its id is taken. */
  Optional<Secret> insert(Draft draft) {
    OpaqueToken token = tokens.mint(draft.client().id(), random);
    return store.insert(draft.client(), token.hash()) == Insertion.INSERTED
        ? Optional.of(information(draft, token))
        : Optional.empty();
  }

  /** The client of that id, if the header carries its token. */
  Optional<Managed> find(String clientId, @Nullable Secret authorization) {
    return RegistrationSettings.bearerToken(authorization)
        .flatMap(text -> tokens.parse(text.expose()))
        .filter(token -> token.id().equals(clientId))
        .flatMap(
            token -> store.find(clientId, token.hash()).map(client -> new Managed(client, token)));
  }

  /** The client information as it is. */
  Secret read(Managed managed) {
    return information(new Draft(managed.client(), null), managed.token());
  }

  /** The client information after the change; empty when another change came first. */
  Optional<Secret> replace(Managed managed, Draft draft) {
    OpaqueToken successor = tokens.mint(draft.client().id(), random);
    return store.replace(draft.client(), managed.token().hash(), successor.hash())
        ? Optional.of(information(draft, successor))
        : Optional.empty();
  }

  /** The grants that ended with the client; empty when another change came first. */
  Optional<List<Grant>> delete(Managed managed) {
    return store.delete(managed.client().id(), managed.token().hash());
  }

  private Secret information(Draft draft, OpaqueToken token) {
    return ClientInformation.of(
        draft.client(),
        draft.secret(),
        registrationEndpoint + "/" + draft.client().id(),
        token.secret());
  }
}
