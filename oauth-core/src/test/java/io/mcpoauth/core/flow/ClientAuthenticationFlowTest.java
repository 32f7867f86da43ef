package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.SECRET;
import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAuthenticationFlowTest extends FlowTest {

  private static final String ODD_ID = "basic:client +ü";

  @BeforeEach
  void registerBasicClient() {
    flow.register(ODD_ID, ClientAuthenticationMethod.CLIENT_SECRET_BASIC, Flow.REDIRECT_URI);
  }

  private Query form(String clientId) {
    return codeQuery(flow.code(authorizeQuery().with("client_id", clientId)))
        .with("client_id", clientId);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private TokenOutcome tokenWithHeader(Query form, String header) {
    return flow.server.token(new TokenRequest(form.parameters(), Secret.of(header)));
  }

  @Test
  void publicClientHasNoSecret_CA01() {
    refused(ErrorCode.INVALID_CLIENT, flow.token(form("client").with("client_secret", "x")));
    refused(ErrorCode.INVALID_CLIENT, flow.tokenWithBasic(form("client"), "client:"));
  }

  @Test
  void emptySecretCountsAsNone_CA01() {
    issued(flow.token(form("client").with("client_secret", "")));
  }

  @Test
  void confidentialClientNeedsItsWholeSecret_CA02() {
    Query form = form("confidential");
    refused(ErrorCode.INVALID_CLIENT, flow.token(form));
    for (String wrong : new String[] {"", "x", SECRET.substring(1), SECRET + "x"}) {
      refused(ErrorCode.INVALID_CLIENT, flow.token(form.with("client_secret", wrong)));
    }
    refused(
        ErrorCode.INVALID_CLIENT, flow.token(form.with("client_secret", "s".repeat(1_000_000))));

    issued(flow.token(form.with("client_secret", SECRET)));
  }

  @Test
  void credentialsMayComeInOneWayOnly_CA04() {
    Query form = form(ODD_ID);
    String credentials = encode(ODD_ID) + ":" + encode(SECRET);

    refused(
        ErrorCode.INVALID_REQUEST,
        flow.tokenWithBasic(form.with("client_secret", SECRET), credentials));
    refused(
        ErrorCode.INVALID_REQUEST,
        flow.tokenWithBasic(form.with("client_id", "client"), credentials));
    refused(ErrorCode.INVALID_REQUEST, flow.token(form("client").and("client_id", "client")));
    issued(flow.tokenWithBasic(form.without("client_id"), credentials));
  }

  @Test
  void basicCredentialsAreFormDecoded_CA05() {
    Query form = form(ODD_ID).without("client_id");
    refused(ErrorCode.INVALID_CLIENT, flow.tokenWithBasic(form, ODD_ID + ":" + SECRET));

    issued(flow.tokenWithBasic(form, encode(ODD_ID) + ":" + encode(SECRET)));
  }

  @Test
  void schemeIsCaseInsensitive_CA05() {
    Query form = form(ODD_ID);
    String header =
        "bASIC "
            + java.util.Base64.getEncoder()
                .encodeToString(
                    (encode(ODD_ID) + ":" + encode(SECRET)).getBytes(StandardCharsets.UTF_8));

    issued(tokenWithHeader(form, header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic bm9jb2xvbg==",
        "Basic OnNlY3JldA==",
        "Basic /w==",
        "Basic YSV6ejpi",
        "Basic YQA6Yg==",
        "Bearer x",
        "x",
        ""
      })
  void malformedHeaderIsNoCredentials_CA05(String header) {
    refused(ErrorCode.INVALID_CLIENT, tokenWithHeader(form("client"), header));
  }

  @Test
  void onlyTheRegisteredMethodIsGood_CA06() {
    refused(
        ErrorCode.INVALID_CLIENT,
        flow.tokenWithBasic(form("confidential"), "confidential:" + encode(SECRET)));
    refused(ErrorCode.INVALID_CLIENT, flow.token(form(ODD_ID).with("client_secret", SECRET)));
  }

  @ParameterizedTest
  @CsvSource({"nobody", "confidential", "client"})
  void unknownClientIsAnsweredLikeAWrongSecret_CA07(String clientId) {
    TokenOutcome unknown = flow.token(codeQuery("x").with("client_id", "nobody"));
    TokenOutcome wrong =
        flow.token(codeQuery("x").with("client_id", clientId).with("client_secret", "x"));

    assertThat(wrong).isEqualTo(unknown);
  }
}
