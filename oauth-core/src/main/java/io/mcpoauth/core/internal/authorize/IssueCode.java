package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.client.ClientDirectory;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.model.AuthorizationRequest;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.internal.secret.OpaqueToken;
import io.mcpoauth.core.model.AuthorizationCode;
import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.OpaqueTokens;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.provider.SignInAnswer.SignedIn;
import io.mcpoauth.core.spi.storage.GrantStore;
import io.mcpoauth.core.spi.storage.Insertion;
import java.time.Duration;

/** Makes a grant of a finished sign-in, and the code that redeems it (OAuth 2.1 section 4.1.2). */
public final class IssueCode {

  private final ClientDirectory clients;
  private final GrantStore grants;
  private final GrantProfiles profiles;
  private final OpaqueTokens codes;
  private final SecretSource random;
  private final Duration codeLifetime;
  private final AuditLog audit;

  /** Codes of that kind and lifetime. */
  public IssueCode(
      ClientDirectory clients,
      GrantStore grants,
      GrantProfiles profiles,
      OpaqueTokens codes,
      SecretSource random,
      Duration codeLifetime,
      AuditLog audit) {
    this.clients = clients;
    this.grants = grants;
    this.profiles = profiles;
    this.codes = codes;
    this.random = random;
    this.codeLifetime = codeLifetime;
    this.audit = audit;
  }

  sealed interface Result {}

  record Issued(Secret code) implements Result {}

  /** The client was deleted while the user signed in (CN-20), or cannot be looked up now. */
  record ClientMissing(ClientLookup.Reason reason) implements Result {}

  Result issue(AuthorizationRequest request, SignedIn signedIn) {
    ClientLookup lookup = clients.find(request.clientId());
    if (lookup instanceof ClientLookup.NotFound missing) {
      return new ClientMissing(missing.reason());
    }
    Client client = ((ClientLookup.Found) lookup).client();
    if (client.registeredFormOf(request.redirectUri().value()).isEmpty()) {
      return new ClientMissing(ClientLookup.Reason.UNKNOWN);
    }
    while (true) {
      Grant grant = grant(request, signedIn);
      OpaqueToken token = codes.mint(random.identifier(), random);
      AuthorizationCode code =
          new AuthorizationCode(
              token.id(), token.hash(), request.redirectUri(), request.codeChallenge());
      if (grants.create(grant, code, codeLifetime) == Insertion.INSERTED) {
        audit.write(
            new AuditEvent.CodeIssued(
                grant.id(), grant.clientId(), grant.userId(), grant.resource(), grant.scopes()));
        return new Issued(token.secret());
      }
      // The id was taken, which random 128-bit ids make practically impossible: draw again (DB-24).
    }
  }

  private Grant grant(AuthorizationRequest request, SignedIn signedIn) {
    String id = random.identifier();
    return new Grant(
        id,
        request.clientId(),
        signedIn.user().id(),
        signedIn.user().provider(),
        request.scopes(),
        request.resource(),
        profiles.seal(id, new GrantProfile(signedIn.user(), signedIn.tokens())),
        0);
  }
}
