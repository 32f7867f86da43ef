package io.mcpoauth.core.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditEvent.Endpoint;
import io.mcpoauth.core.audit.AuditEvent.RequestRefused;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.client.RegistrationAccess.Managed;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.ClientDrafts;
import io.mcpoauth.core.internal.client.ClientDrafts.Draft;
import io.mcpoauth.core.internal.client.InvalidClientMetadata;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.OAuthError;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretHash;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client configuration endpoint (RFC 7592): a client reads, updates, deletes itself. */
public final class ManageRegistration {

  /** Section 2.2: what an update must not hold. */
  private static final List<String> OURS_ALONE =
      List.of(
          "registration_access_token",
          "registration_client_uri",
          "client_secret_expires_at",
          "client_id_issued_at");

  private final RegistrationSettings settings;
  private final RegistrationAccess access;
  private final ClientDrafts drafts;
  private final Consumer<List<Grant>> afterRemoval;
  private final AuditLog audit;

  ManageRegistration(
      RegistrationSettings settings,
      RegistrationAccess access,
      ClientDrafts drafts,
      Consumer<List<Grant>> afterRemoval,
      AuditLog audit) {
    this.settings = settings;
    this.access = access;
    this.drafts = drafts;
    this.afterRemoval = afterRemoval;
    this.audit = audit;
  }

  /** Does what the request asks for, if it has the client's registration access token. */
  public RegistrationOutcome manage(ManagementRequest request) {
    if (!settings.isManaged()) {
      return new RegistrationOutcome.NotOffered();
    }
    Optional<Managed> managed = access.find(request.clientId(), request.authorization());
    if (managed.isEmpty()) {
      note(badToken(), null);
      return new RegistrationOutcome.Unauthorized(request.authorization() != null);
    }
    RegistrationOutcome outcome =
        switch (request.action()) {
          case READ -> new RegistrationOutcome.Current(access.read(managed.get()));
          case UPDATE -> update(managed.get(), request.body());
          case DELETE -> delete(managed.get());
        };
    String clientId = managed.get().client().id();
    if (outcome instanceof RegistrationOutcome.Refused refused) {
      note(refused.error(), clientId);
    } else if (outcome instanceof RegistrationOutcome.Unauthorized) {
      note(badToken(), clientId);
    }
    return outcome;
  }

  private void note(OAuthError error, @Nullable String clientId) {
    audit.write(RequestRefused.of(Endpoint.MANAGE, error, clientId));
  }

  private static OAuthError badToken() {
    return new OAuthError(ErrorCode.INVALID_TOKEN, "no good registration access token");
  }

  private RegistrationOutcome delete(Managed managed) {
    Optional<List<Grant>> ended = access.delete(managed);
    if (ended.isEmpty()) {
      return outdated();
    }
    afterRemoval.accept(ended.get());
    audit.write(new AuditEvent.ClientDeleted(managed.client().id()));
    return new RegistrationOutcome.Deleted();
  }

  private RegistrationOutcome update(Managed managed, @Nullable String body) {
    Optional<ObjectNode> document = Json.parseObject(body == null ? "" : body);
    if (document.isEmpty() || !isOf(managed.client(), document.get())) {
      return new RegistrationOutcome.Refused(
          new OAuthError(
              ErrorCode.INVALID_CLIENT_METADATA,
              "the body must be a JSON object with the client's own id, its secret if any, and"
                  + " metadata alone"));
    }
    try {
      Draft draft = drafts.update(managed.client(), document.get());
      Optional<Secret> information = access.replace(managed, draft);
      if (information.isEmpty()) {
        return outdated();
      }
      audit.write(new AuditEvent.ClientUpdated(draft.client().id(), draft.client().name()));
      return new RegistrationOutcome.Current(information.get());
    } catch (InvalidClientMetadata e) {
      return new RegistrationOutcome.Refused(e.error());
    }
  }

  /** A client cannot choose its id or secret, here as little as when it registers. */
  private static boolean isOf(Client client, ObjectNode document) {
    return client.id().equals(Json.text(document, "client_id"))
        && OURS_ALONE.stream().noneMatch(document::has)
        && (!document.has("client_secret")
            || isSecretOf(client, Json.text(document, "client_secret")));
  }

  private static boolean isSecretOf(Client client, @Nullable String secret) {
    SecretHash expected = client.secretHash();
    return expected != null && secret != null && expected.matches(Secret.of(secret).hash());
  }

  /** The token was replaced, or the client removed, by a request that came first. */
  private static RegistrationOutcome outdated() {
    return new RegistrationOutcome.Unauthorized(true);
  }
}
