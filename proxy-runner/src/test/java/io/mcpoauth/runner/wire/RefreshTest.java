package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isDead;
import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The refresh token grant, as long as no time passes. */
class RefreshTest extends WireTest {

  private final App app = App.register(proxy);
  private final App.Tokens first = app.tokens();

  RefreshTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void everyRefreshReplacesTheToken_TR01_MCP49() {
    App.Tokens second = App.issued(app.refresh(first.refresh()));
    JsonNode third = Wire.json(app.refresh(second.refresh()), 200);

    assertThat(second.refresh()).isNotEqualTo(first.refresh());
    assertThat(third.path("scope").asText()).isEqualTo("read write");
    assertThat(app.isLetIn(second.access())).isTrue();
    assertThat(app.isLetIn(third.path("access_token").asText())).isTrue();
  }

  @Test
  void scopeMayBeNarrowedForOneAccessTokenOnly_TR01() {
    Query form = app.refreshing(first.refresh());
    isRefused(400, "invalid_scope", wire.token(form.with("scope", "read admin")));
    isRefused(400, "invalid_scope", wire.token(form.with("scope", "re\"ad")));

    JsonNode narrow = Wire.json(wire.token(form.with("scope", "read")), 200);

    assertThat(narrow.path("scope").asText()).isEqualTo("read");
    JsonNode wide = Wire.json(app.refresh(narrow.path("refresh_token").asText()), 200);
    assertThat(wide.path("scope").asText()).isEqualTo("read write");
  }

  /** As often as a client repeats it: nothing is written, so nothing can fork. */
  @Test
  void repeatedRefreshAtBothInstancesIsOneFamily_TR03_TR15() {
    Set<String> successors = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      Wire instance = i % 2 == 0 ? wire : new Wire(proxy.other);
      App.Tokens again = App.issued(instance.token(app.refreshing(first.refresh())));
      successors.add(again.refresh());
      assertThat(app.isLetIn(again.access())).isTrue();
    }

    assertThat(successors).hasSize(1);
    App.issued(app.refresh(successors.iterator().next()));
  }

  /** Several processes of one host each hold an older token for a moment. */
  @Test
  void tokenReplacedSeveralTimesIsToldTheCurrentOne_TR03() {
    App.Tokens current = first;
    for (int i = 0; i < 10; i++) {
      current = App.issued(app.refresh(current.refresh()));
    }

    App.Tokens late = App.issued(app.refresh(first.refresh()));

    assertThat(late.refresh()).isEqualTo(current.refresh());
    assertThat(app.isLetIn(late.access())).isTrue();
  }

  /** The bound of TR-03: ten generations, and not one more. */
  @Test
  void tokenReplacedTooOftenEndsTheGrant_TR03() {
    App.Tokens current = first;
    for (int i = 0; i < 11; i++) {
      current = App.issued(app.refresh(current.refresh()));
    }

    isInvalidGrant(app.refresh(first.refresh()));
    isDead(proxy, current.access());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/mcp", "x", "%s/other", "%s/mcp#f"})
  void foreignResourceRotatesNothing_TR11(String resource) {
    Query form = app.refreshing(first.refresh());

    isRefused(
        400, "invalid_target", wire.token(form.with("resource", resource.formatted(proxy.issuer))));

    App.issued(wire.token(form.with("resource", proxy.issuer + "/mcp")));
  }

  @Test
  void whatIsNoRefreshTokenIsRefused_TR12() {
    String code = app.code();
    for (String wrong :
        new String[] {first.access(), code, "garbage", "mcpr_" + code.substring(5), "mcpr_"}) {
      isInvalidGrant(app.refresh(wrong));
    }
    isRefused(400, "invalid_request", wire.token(app.refreshing("x").without("refresh_token")));
    isRefused(400, "invalid_request", app.refresh(""));
    isRefused(
        400,
        "invalid_request",
        wire.token(app.refreshing(first.refresh()).and("refresh_token", "")));
    App.issued(app.refresh(first.refresh()));
  }

  @Test
  void otherClientsTokenIsRefusedAndLives_TR12() {
    App thief = App.register(proxy, "none", App.REDIRECT_URI, "https://thief.example/");

    isInvalidGrant(thief.refresh(first.refresh()));

    App.issued(app.refresh(first.refresh()));
  }

  @Test
  void forgedTokenEndsNothing_TR02() {
    String token = first.refresh();
    char other = token.charAt(40) == 'A' ? 'B' : 'A';

    isInvalidGrant(app.refresh(token.substring(0, 40) + other + token.substring(41)));

    App.issued(app.refresh(token));
  }

  @Test
  void revokedGrantIsRefusedAndItsAccessTokenDies_TR14() {
    String grant = Jwt.claims(first.access()).path("grant_id").asText();
    proxy.other.storage().grants().revoke(grant, RevocationReason.NOT_ALLOWED);

    isInvalidGrant(app.refresh(first.refresh()));
    isDead(proxy, first.access());
  }

  @Test
  void deletedClientsTokensDie_TR14_RV11() {
    App deleted = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    App.Tokens tokens = deleted.tokens();
    proxy.other.storage().clients().delete(deleted.id());

    isRefused(401, "invalid_client", deleted.refresh(tokens.refresh()));
    isDead(proxy, tokens.access());
  }

  @Test
  void clientThatDidNotRegisterForRefreshGetsNoRefreshToken_MCP24() {
    String metadata =
        "{\"client_name\":\"No refresh\",\"token_endpoint_auth_method\":\"none\","
            + "\"redirect_uris\":[\""
            + App.REDIRECT_URI
            + "\"]}";
    App plain = App.ofOperator(proxy, metadata);

    assertThat(plain.tokens().refresh()).isEmpty();
    isRefused(400, "unauthorized_client", plain.refresh(first.refresh()));
  }
}
