package io.mcpoauth.core;

import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.client.RegistrationSettings;
import io.mcpoauth.core.client.document.ClientDocumentSettings;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.credential.CredentialChecker;
import io.mcpoauth.core.spi.provider.IdentityProvider;
import io.mcpoauth.core.spi.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What {@link AuthorizationServerBuilder} was told. */
record ServerOptions(
    ServerSettings settings,
    Storage storage,
    KeyRing keys,
    List<IdentityProvider> providers,
    SecretSource random,
    InstantSource clock,
    AccessPolicy policy,
    List<CredentialChecker> credentials,
    ClientDocumentSettings clientDocuments,
    RegistrationSettings registration,
    AuditLog audit,
    Duration cleanUpInterval,
    Duration consentMemory,
    Duration signingKeyAge,
    RateLimit clientLimit,
    RateLimit grantLimit,
    RateLimit forgedTokenLimit) {}
