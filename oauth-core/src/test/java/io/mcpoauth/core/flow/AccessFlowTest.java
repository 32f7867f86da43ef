package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.access.AccessDecision.InsufficientScope;
import io.mcpoauth.core.access.AccessDecision.Unauthenticated;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessFlowTest extends FlowTest {

  private static final String METADATA =
      "resource_metadata=\"https://proxy.example/.well-known/oauth-protected-resource/mcp\"";

  private String challenge(@Nullable String header) {
    AccessDecision decision =
        flow.server.checkAccess(header == null ? null : Secret.of(header), Flow.MCP);
    assertThat(decision).isInstanceOf(Unauthenticated.class);
    return ((Unauthenticated) decision).challenge();
  }

  @Test
  void goodTokenTellsWhoTheUserIs() {
    AccessDecision decision = flow.access(flow.signIn().accessToken());

    assertThat(decision).isInstanceOf(Granted.class);
    assertThat(((Granted) decision).user().id()).isEqualTo("idp:alice");
    assertThat(((Granted) decision).clientId()).isEqualTo("client");
  }

  @Test
  void withoutATokenNothingIsSaidAboutOne_RS01_RS09() {
    for (String header : new String[] {null, "", "Basic YTpi", "DPoP x", "Bearer"}) {
      assertThat(challenge(header)).isEqualTo("Bearer scope=\"read\", " + METADATA);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "bearer a.b.c", "Bearer ", "Bearer \u0000", "Bearer ü.ü.ü"})
  void strangeTokenIsInvalid_RS02(String header) {
    assertThat(challenge(header)).contains("error=\"invalid_token\"").endsWith(METADATA);
  }

  @Test
  void otherKindsOfTokenAreInvalid_RS05() {
    assertThat(challenge("Bearer " + refreshToken(flow.signIn()))).contains("invalid_token");
    assertThat(challenge("Bearer " + flow.code(authorizeQuery()))).contains("invalid_token");
  }

  @Test
  void tokenOfAnotherResourceIsInvalid_RS03() {
    Secret token = flow.signIn().accessToken();

    assertThat(flow.access(token, Flow.OTHER_MCP)).isInstanceOf(Unauthenticated.class);
    assertThat(flow.isLetIn(token)).isTrue();
  }

  @Test
  void tooSmallAScopeIsToldApart_RS06() {
    String code = flow.code(authorizeQuery().with("scope", "write"));
    Secret token = issued(flow.token(codeQuery(code))).accessToken();

    AccessDecision decision = flow.access(token);

    assertThat(decision).isInstanceOf(InsufficientScope.class);
    assertThat(((InsufficientScope) decision).challenge())
        .contains("error=\"insufficient_scope\"", "scope=\"read\"", METADATA);
  }

  @Test
  void tokenEndsAtItsExpiry_RS12() {
    Secret token = flow.signIn().accessToken();
    flow.advance(Duration.ofHours(1).minusSeconds(1));
    assertThat(flow.isLetIn(token)).isTrue();
    flow.advance(Duration.ofSeconds(1));

    assertThat(flow.isLetIn(token)).isFalse();
  }
}
