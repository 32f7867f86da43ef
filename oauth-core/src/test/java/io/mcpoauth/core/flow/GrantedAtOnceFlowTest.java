package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision.Granted;
import io.mcpoauth.core.limit.RateLimit;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.secret.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What threads that must not wait are told of requests: what is known to pass, or nothing. */
class GrantedAtOnceFlowTest extends FlowTest {

  private Optional<Granted> atOnce(Secret token) {
    return atOnce(token, Flow.MCP);
  }

  private Optional<Granted> atOnce(Secret token, ProtectedResource resource) {
    return flow.server.grantedAtOnce(bearer(token), resource);
  }

  private static Secret bearer(Secret token) {
    return Secret.of("Bearer " + token.expose());
  }

  /** A token that the server has let in before. */
  private Secret seen() {
    Secret token = flow.signIn().accessToken();
    assertThat(flow.isLetIn(token)).isTrue();
    return token;
  }

  @Test
  void tokenIsKnownOnceItWasChecked() {
    Secret token = flow.signIn().accessToken();
    assertThat(atOnce(token)).isEmpty();

    Granted granted = (Granted) flow.access(token);

    assertThat(atOnce(token)).contains(granted);
  }

  @Test
  void nothingIsSaidOfOtherText_RS02() {
    Secret token = seen();

    assertThat(flow.server.grantedAtOnce(null, Flow.MCP)).isEmpty();
    assertThat(flow.server.grantedAtOnce(token, Flow.MCP)).isEmpty();
    assertThat(atOnce(Secret.of(token.expose() + "A"))).isEmpty();
  }

  @Test
  void otherResourceIsNotGranted_RS03() {
    assertThat(atOnce(seen(), Flow.OTHER_MCP)).isEmpty();
  }

  @Test
  void tooSmallAScopeIsNotGranted_RS06() {
    String code = flow.code(authorizeQuery().with("scope", "write"));
    Secret token = issued(flow.token(codeQuery(code))).accessToken();
    var refused = flow.access(token);

    assertThat(refused).isNotInstanceOf(Granted.class);
    assertThat(atOnce(token)).isEmpty();
  }

  @Test
  void tokenIsNotGrantedBeyondItsExpiry_RS12() {
    Secret token = seen();
    flow.advance(Duration.ofHours(1).minusSeconds(1));
    assertThat(flow.isLetIn(token)).isTrue();
    assertThat(atOnce(token)).isPresent();
    flow.advance(Duration.ofSeconds(1));

    assertThat(atOnce(token)).isEmpty();
  }

  @Test
  void revokedTokenIsNotGranted() {
    Secret token = seen();
    flow.revoke(Query.of("token", token.expose(), "client_id", "client"));
    flow.awaitRefusal(token);

    assertThat(atOnce(token)).isEmpty();
  }

  @Test
  void nothingIsGrantedWhileRevocationsMayBeUnknown() {
    Secret token = seen();
    flow.clock.advance(Duration.ofMinutes(10));

    assertThat(atOnce(token)).isEmpty();
  }

  @Test
  void everyGrantCountsForTheLimit_DS05() {
    RateLimit three = new RateLimit(3, Duration.ofMinutes(1));
    Secret token = flow.signIn().accessToken();
    try (AuthorizationServer limited = flow.instanceWith(b -> b.grantLimit(three))) {
      assertThat(Flow.access(limited, token, Flow.MCP)).isInstanceOf(Granted.class);
      assertThat(limited.grantedAtOnce(bearer(token), Flow.MCP)).isPresent();
      assertThat(limited.grantedAtOnce(bearer(token), Flow.MCP)).isPresent();

      assertThat(limited.grantedAtOnce(bearer(token), Flow.MCP)).isEmpty();
    }
  }
}
