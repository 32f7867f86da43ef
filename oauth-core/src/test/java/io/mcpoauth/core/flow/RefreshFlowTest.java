package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Flow.refreshQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.Client;
import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.GrantType;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshFlowTest extends FlowTest {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final Issued first = flow.signIn();

  @Test
  void answerSaysNothingOfScopesWhereThereAreNone() {
    Issued none = new Issued(Secret.of("token"), Duration.ofHours(1), null, Scopes.none());

    assertThat(none.document().expose()).contains("\"expires_in\":3600").doesNotContain("scope");
  }

  @Test
  void everyRefreshReplacesTheToken_TR01() {
    Issued second = issued(flow.refresh(refreshToken(first)));
    Issued third = issued(flow.refresh(refreshToken(second)));

    assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
    assertThat(third.scopes()).isEqualTo(first.scopes());
    assertThat(flow.isLetIn(third.accessToken())).isTrue();
  }

  @Test
  void replacedTokenAfterTheWindowEndsTheGrant_TR02_TR19() {
    Issued second = issued(flow.refresh(refreshToken(first)));
    flow.advance(WINDOW);

    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(first)));

    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(second)));
    flow.awaitRefusal(first.accessToken());
    flow.awaitRefusal(second.accessToken());
  }

  @Test
  void repeatedRefreshInTheWindowGetsTheSameSuccessor_TR03_TR15() {
    Issued second = issued(flow.refresh(refreshToken(first)));
    flow.advance(WINDOW.minusMillis(1));
    Issued again = issued(flow.refresh(refreshToken(first)));

    assertThat(refreshToken(again)).isEqualTo(refreshToken(second));
    assertThat(flow.isLetIn(again.accessToken())).isTrue();
    issued(flow.refresh(refreshToken(again)));
  }

  @Test
  void allWhoRefreshAtOnceGetTheSameWorkingTokens_TR04() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(16);
    Set<String> successors = new HashSet<>();
    try {
      Callable<TokenOutcome> refresh = () -> flow.refresh(refreshToken(first));
      for (Future<TokenOutcome> outcome :
          clients.invokeAll(Stream.generate(() -> refresh).limit(16).toList())) {
        successors.add(refreshToken(outcome.get()));
      }
    } finally {
      clients.shutdownNow();
    }

    assertThat(successors).hasSize(1);
    String successor = successors.iterator().next();
    issued(flow.refresh(successor));
    flow.clock.advance(WINDOW);
    refused(ErrorCode.INVALID_GRANT, flow.refresh(successor));
  }

  @Test
  void clockThatIsSetBackMakesNoFork_TR07() {
    Issued second = issued(flow.refresh(refreshToken(first)));
    flow.clock.advance(Duration.ofSeconds(-30));
    Issued third = issued(flow.refresh(refreshToken(second)));

    assertThat(refreshToken(flow.refresh(refreshToken(first)))).isEqualTo(refreshToken(third));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example/mcp", "https://proxy.example/other", "https://a//", "x"})
  void foreignResourceRotatesNothing_TR11(String resource) {
    Query form = refreshQuery(refreshToken(first));
    refused(ErrorCode.INVALID_TARGET, flow.token(form.with("resource", resource)));
    flow.clock.advance(WINDOW.multipliedBy(2));

    issued(flow.token(form.with("resource", "https://proxy.example/mcp")));
  }

  @Test
  void bareOriginMeansTheFirstResourceHereToo_TR11() {
    Query origin = authorizeQuery().with("resource", Flow.ISSUER);
    String first = refreshToken(flow.token(codeQuery(flow.code(origin))));
    Query other = authorizeQuery().with("resource", Flow.OTHER_MCP.uri().value());
    String second = refreshToken(flow.token(codeQuery(flow.code(other))));

    issued(flow.token(refreshQuery(first).with("resource", Flow.ISSUER)));
    refused(
        ErrorCode.INVALID_TARGET, flow.token(refreshQuery(second).with("resource", Flow.ISSUER)));
  }

  @Test
  void whatIsNoRefreshTokenIsRefused_TR12() {
    String code = flow.code(authorizeQuery());
    List<String> wrong =
        List.of(first.accessToken().expose(), code, "garbage", "mcpr_" + code.substring(5));
    for (String text : wrong) {
      refused(ErrorCode.INVALID_GRANT, flow.refresh(text));
    }
    refused(ErrorCode.INVALID_REQUEST, flow.token(refreshQuery("x").without("refresh_token")));
    refused(ErrorCode.INVALID_REQUEST, flow.token(refreshQuery("x").and("refresh_token", "y")));
  }

  @Test
  void clientThatDidNotRegisterForItMayNotRefresh_TR12() {
    flow.storage
        .clients()
        .insert(
            new Client(
                "once",
                "Once",
                List.of(new RedirectUri(Flow.REDIRECT_URI)),
                ClientAuthenticationMethod.NONE,
                null,
                Set.of(GrantType.AUTHORIZATION_CODE),
                Client.Origin.DYNAMIC,
                "{}",
                flow.clock.instant()));

    refused(
        ErrorCode.UNAUTHORIZED_CLIENT,
        flow.token(refreshQuery(refreshToken(first)).with("client_id", "once")));
    issued(flow.refresh(refreshToken(first)));
  }

  @Test
  void forgedTokenEndsNothing_TR02() {
    String token = refreshToken(first);
    char other = token.charAt(40) == 'A' ? 'B' : 'A';
    refused(
        ErrorCode.INVALID_GRANT,
        flow.refresh(token.substring(0, 40) + other + token.substring(41)));

    issued(flow.refresh(token));
  }

  @Test
  void otherClientsTokenIsRefusedAndLives_TR12() {
    flow.register("thief", ClientAuthenticationMethod.NONE, Flow.REDIRECT_URI);
    Query form = refreshQuery(refreshToken(first));
    refused(ErrorCode.INVALID_GRANT, flow.token(form.with("client_id", "thief")));

    issued(flow.token(form));
  }

  @Test
  void idleTokenExpires_TR13() {
    flow.clock.advance(Duration.ofDays(30).minusMillis(1));
    Issued second = issued(flow.refresh(refreshToken(first)));
    flow.clock.advance(Duration.ofDays(30));

    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(second)));
  }

  @Test
  void rotationDoesNotProlongTheFamily_TR13() {
    String token = refreshToken(first);
    for (int day = 0; day < 179; day += 20) {
      token = refreshToken(flow.refresh(token));
      flow.clock.advance(Duration.ofDays(20));
    }

    refused(ErrorCode.INVALID_GRANT, flow.refresh(token));
  }

  @Test
  void accessTokenDoesNotOutliveTheFamily_TR13() {
    Issued last = first;
    for (int day = 0; day < 160; day += 20) {
      flow.clock.advance(Duration.ofDays(20));
      last = issued(flow.refresh(refreshToken(last)));
    }
    flow.clock.advance(Duration.ofDays(20).minusMinutes(10));
    last = issued(flow.refresh(refreshToken(last)));

    assertThat(last.expiresIn()).isEqualTo(Duration.ofMinutes(10));
    flow.advance(Duration.ofMinutes(10));
    flow.awaitRefusal(last.accessToken());
  }

  @Test
  void revokedGrantIsRefused_TR14() {
    assertThat(flow.access(first.accessToken()))
        .isInstanceOfSatisfying(
            io.mcpoauth.core.access.AccessDecision.Granted.class,
            granted ->
                flow.storage.grants().revoke(granted.grantId(), RevocationReason.CLIENT_REQUEST));

    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(first)));
    flow.awaitRefusal(first.accessToken());
  }

  @Test
  void scopeMayBeNarrowedForOneAccessTokenOnly_TR01() {
    Query form = refreshQuery(refreshToken(first));
    refused(ErrorCode.INVALID_SCOPE, flow.token(form.with("scope", "read admin")));
    refused(ErrorCode.INVALID_SCOPE, flow.token(form.with("scope", " ")));
    Issued narrow = issued(flow.token(form.with("scope", "read")));

    assertThat(narrow.scopes()).hasToString("read");
    assertThat(issued(flow.refresh(refreshToken(narrow))).scopes()).hasToString("read write");
  }
}
