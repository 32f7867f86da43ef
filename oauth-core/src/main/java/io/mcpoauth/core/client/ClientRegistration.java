package io.mcpoauth.core.client;

import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.client.ClientDrafts;
import io.mcpoauth.core.internal.client.ExpireRegistrations;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * All of dynamic client registration, put together.
 *
 * @param register the registration endpoint
 * @param manage the client configuration endpoint
 * @param expire removes what nobody uses; to be run now and then
 */
public record ClientRegistration(
    RegisterClient register, ManageRegistration manage, ExpireRegistrations expire) {

  /**
   * Where registrations are kept, and what they are made with.
   *
   * @param afterRemoval is told of the grants that ended with a client
   */
  public record Parts(
      Storage storage,
      RedirectPolicy redirectPolicy,
      Scopes scopesSupported,
      KeyRing keys,
      SecretSource random,
      InstantSource clock,
      Consumer<List<Grant>> afterRemoval,
      AuditLog audit) {}

  /**
   * Registration with these settings.
   *
   * @param endpoint the URL of the registration endpoint
   */
  public static ClientRegistration of(Parts parts, RegistrationSettings settings, String endpoint) {
    ClientDrafts drafts =
        new ClientDrafts(
            parts.redirectPolicy(),
            scopes -> scopes.retain(parts.scopesSupported()),
            parts.random(),
            parts.clock());
    RegistrationAccess access =
        new RegistrationAccess(
            parts.storage().registrations(),
            new OpaqueTokens(parts.keys(), "mcpm_"),
            parts.random(),
            endpoint);
    return new ClientRegistration(
        new RegisterClient(parts.storage().clients(), settings, drafts, access, parts.audit()),
        new ManageRegistration(settings, access, drafts, parts.afterRemoval(), parts.audit()),
        new ExpireRegistrations(parts.storage().clients()));
  }
}
