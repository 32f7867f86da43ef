package io.mcpoauth.core.internal.access;

import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.internal.profile.GrantProfile;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantStore;
import java.time.Duration;
import java.util.List;

/** A grant that can be used, of the id {@code grant}. */
final class TestGrant {

  static final GrantProfiles PROFILES =
      new GrantProfiles(
          KeyRing.ofBase64(List.of(Secret.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="))),
          SecretSource.system());

  private TestGrant() {}

  static void create(GrantStore grants) {
    GrantProfile profile =
        new GrantProfile(
            new User("idp:alice", "idp", null, null),
            new UpstreamTokens(Secret.of("upstream"), null, null));
    Grant grant =
        new Grant(
            "grant",
            "client",
            "idp:alice",
            "idp",
            Scopes.none(),
            new ResourceUri("https://proxy.example/mcp"),
            PROFILES.seal("grant", profile),
            0);
    grants.create(grant, TestFacts.code("code"), Duration.ofMinutes(1));
  }
}
