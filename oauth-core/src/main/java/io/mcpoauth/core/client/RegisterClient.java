package io.mcpoauth.core.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.ClientDrafts;
import io.mcpoauth.core.internal.client.ClientDrafts.Draft;
import io.mcpoauth.core.internal.client.ClientInformation;
import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.ClientStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.util.Optional;

/** Dynamic client registration (RFC 7591). Nothing named in the request is ever fetched (RG-17). */
public final class RegisterClient {

  private static final RegistrationOutcome NO_OBJECT =
      new RegistrationOutcome.Refused(
          new OAuthError(ErrorCode.INVALID_CLIENT_METADATA, "the body must be a JSON object"));

  private final ClientStore clients;
  private final RegistrationSettings settings;
  private final ClientDrafts drafts;
  private final RegistrationAccess access;
  private final AuditLog audit;

  RegisterClient(
      ClientStore clients,
      RegistrationSettings settings,
      ClientDrafts drafts,
      RegistrationAccess access,
      AuditLog audit) {
    this.clients = clients;
    this.settings = settings;
    this.drafts = drafts;
    this.access = access;
    this.audit = audit;
  }

  /** Registers the client that the request describes. */
  public RegistrationOutcome register(RegistrationRequest request) {
    if (!settings.isOffered()) {
      return new RegistrationOutcome.NotOffered();
    }
    if (!settings.admits(request.authorization())) {
      audit.write(
          new RequestRefused(
              Endpoint.REGISTER, ErrorCode.INVALID_TOKEN, "no good initial access token", null));
      return new RegistrationOutcome.Unauthorized(request.authorization() != null);
    }
    Optional<ObjectNode> document = Json.parseObject(request.body());
    RegistrationOutcome outcome = document.isEmpty() ? NO_OBJECT : register(document.get());
    if (outcome instanceof RegistrationOutcome.Refused refused) {
      audit.write(RequestRefused.of(Endpoint.REGISTER, refused.error(), null));
    }
    return outcome;
  }

  private RegistrationOutcome register(ObjectNode document) {
    try {
      while (true) {
        Draft draft = drafts.create(document, Client.Origin.DYNAMIC);
        Optional<RegistrationOutcome> outcome = keep(draft);
        if (outcome.isPresent()) {
          return outcome.get();
        }
        // The id was taken, which random 128-bit ids make practically impossible: draw again.
      }
    } catch (InvalidClientMetadata e) {
      return new RegistrationOutcome.Refused(e.error());
    }
  }

  /** Empty when the id is taken. */
  private Optional<RegistrationOutcome> keep(Draft draft) {
    if (settings.isManaged()) {
      Optional<Secret> information = access.insert(draft);
      information.ifPresent(inserted -> note(draft.client(), false));
      return information.map(RegistrationOutcome.Registered::new);
    }
    if (draft.secret() == null) {
      return Optional.of(share(draft));
    }
    return clients.insert(draft.client()) == Insertion.INSERTED
        ? Optional.of(registered(draft, false))
        : Optional.empty();
  }

  /**
   * Equal registrations without a secret are one client: its id is a hash of its metadata, so that
   * the same application, registered again and again, does not fill the database (RG-22).
   */
  private RegistrationOutcome share(Draft draft) {
    Draft shared = draft.withId(draft.client().revision());
    String id = shared.client().id();
    while (clients.insert(shared.client()) == Insertion.ID_TAKEN) {
      Optional<Client> known = clients.renew(id) ? clients.find(id) : Optional.empty();
      if (known.isPresent()) {
        return registered(new Draft(known.get(), null), true);
      }
      // It was removed just now.
    }
    return registered(shared, false);
  }

  private RegistrationOutcome registered(Draft draft, boolean repeated) {
    note(draft.client(), repeated);
    return new RegistrationOutcome.Registered(ClientInformation.of(draft.client(), draft.secret()));
  }

  private void note(Client client, boolean repeated) {
    audit.write(new AuditEvent.ClientRegistered(client.id(), client.name(), repeated));
  }
}
