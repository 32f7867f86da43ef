package io.mcpoauth.core.flow;

import static io.mcpoauth.core.flow.Flow.REDIRECT_URI;
import static io.mcpoauth.core.flow.Flow.authorizeQuery;
import static io.mcpoauth.core.flow.Flow.codeQuery;
import static io.mcpoauth.core.flow.Outcomes.issued;
import static io.mcpoauth.core.flow.Outcomes.refreshToken;
import static io.mcpoauth.core.flow.Outcomes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.ClientAuthenticationMethod;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeExchangeFlowTest extends FlowTest {

  private static final String WRONG_VERIFIER = "w".repeat(43);

  private String code() {
    return flow.code(authorizeQuery());
  }

  @Test
  void codeIsExchangedForTokensThatWork_TC23() {
    Issued tokens = flow.signIn();

    assertThat(tokens.expiresIn()).isEqualTo(Duration.ofHours(1));
    assertThat(tokens.scopes()).hasToString("read write");
    assertThat(refreshToken(tokens)).startsWith("mcpr_");
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();
  }

  @Test
  void validReplayEndsTheGrant_TC01() {
    String code = code();
    Issued tokens = issued(flow.token(codeQuery(code)));
    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();

    refused(ErrorCode.INVALID_GRANT, flow.token(codeQuery(code)));

    flow.awaitRefusal(tokens.accessToken());
    refused(ErrorCode.INVALID_GRANT, flow.refresh(refreshToken(tokens)));
  }

  @Test
  void invalidReplayEndsNothing_TC02() {
    String code = code();
    Issued tokens = issued(flow.token(codeQuery(code)));
    flow.register("thief", ClientAuthenticationMethod.NONE, REDIRECT_URI);

    refused(
        ErrorCode.INVALID_GRANT, flow.token(codeQuery(code).with("code_verifier", WRONG_VERIFIER)));
    refused(ErrorCode.INVALID_GRANT, flow.token(codeQuery(code).with("client_id", "thief")));
    refused(
        ErrorCode.INVALID_GRANT,
        flow.token(codeQuery(code).with("redirect_uri", Flow.OTHER_REDIRECT_URI)));
    refused(ErrorCode.INVALID_CLIENT, flow.token(codeQuery(code).without("client_id")));

    assertThat(flow.isLetIn(tokens.accessToken())).isTrue();
    issued(flow.refresh(refreshToken(tokens)));
  }

  @Test
  void ofManyExchangesAtOnceOneSucceeds_TC03() throws Exception {
    String code = code();
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      Callable<TokenOutcome> exchange = () -> flow.token(codeQuery(code));
      List<Future<TokenOutcome>> outcomes =
          clients.invokeAll(Stream.generate(() -> exchange).limit(16).toList());

      int successes = 0;
      for (Future<TokenOutcome> outcome : outcomes) {
        if (outcome.get() instanceof Issued) {
          successes++;
        } else {
          refused(ErrorCode.INVALID_GRANT, outcome.get());
        }
      }
      assertThat(successes).isEqualTo(1);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void wrongVerifierSpendsNothing_TC04() {
    String code = code();
    for (int i = 0; i < 4; i++) {
      refused(
          ErrorCode.INVALID_GRANT,
          flow.token(codeQuery(code).with("code_verifier", WRONG_VERIFIER)));
    }

    issued(flow.token(codeQuery(code)));
  }

  @Test
  void fiveWrongVerifiersBurnTheCode_TC04() {
    String code = code();
    for (int i = 0; i < 5; i++) {
      flow.token(codeQuery(code).with("code_verifier", WRONG_VERIFIER));
    }

    refused(ErrorCode.INVALID_GRANT, flow.token(codeQuery(code)));
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, ''",
    "code_verifier, forty-two-characters-are-one-too-few-here",
    "code_verifier, 'the-verifier-of-this-test-has-43-characters='",
    "code_verifier, 'the-verifier-of-this-test-has-43-character/'",
    "code, ''",
    "grant_type, ''"
  })
  void malformedRequestIsRefused_TC05_TC07_TC13_TC14(String name, String value) {
    String code = code();
    refused(ErrorCode.INVALID_REQUEST, flow.token(codeQuery(code).with(name, value)));

    issued(flow.token(codeQuery(code)));
  }

  @Test
  void overlongVerifierIsRefused_TC07() {
    Query form = codeQuery(code()).with("code_verifier", "v".repeat(129));

    refused(ErrorCode.INVALID_REQUEST, flow.token(form));
  }

  @Test
  void redirectUriMustBeTheSameOrLeftOut_TC08_TC09() {
    flow.register("two", ClientAuthenticationMethod.NONE, REDIRECT_URI, Flow.OTHER_REDIRECT_URI);
    String code = flow.code(authorizeQuery().with("client_id", "two"));
    Query form = codeQuery(code).with("client_id", "two");

    refused(
        ErrorCode.INVALID_GRANT, flow.token(form.with("redirect_uri", Flow.OTHER_REDIRECT_URI)));
    issued(flow.token(form.without("redirect_uri")));
  }

  @Test
  void codeExpires_TC11() {
    String inTime = code();
    flow.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    issued(flow.token(codeQuery(inTime)));

    String late = code();
    flow.clock.advance(Duration.ofSeconds(60));
    refused(ErrorCode.INVALID_GRANT, flow.token(codeQuery(late)));
  }

  @Test
  void codeThatIsNotWhollyRightIsRefused_TC13() {
    String code = code();
    char flipped = code.charAt(60) == 'A' ? 'B' : 'A';
    List<String> wrong =
        List.of(
            code.substring(0, 60) + flipped + code.substring(61),
            code.substring(0, code.length() - 1),
            code + code,
            "mcpr_" + code.substring(5),
            "x".repeat(1_000_000));
    for (String text : wrong) {
      refused(ErrorCode.INVALID_GRANT, flow.token(codeQuery(text)));
    }

    issued(flow.token(codeQuery(code)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "client_credentials", "implicit", "Authorization_Code"})
  void otherGrantTypesAreUnsupported_TC14(String grantType) {
    refused(
        ErrorCode.UNSUPPORTED_GRANT_TYPE,
        flow.token(codeQuery(code()).with("grant_type", grantType)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"code", "client_id", "grant_type", "redirect_uri", "code_verifier"})
  void doubledParameterIsRefused_TC16(String name) {
    refused(ErrorCode.INVALID_REQUEST, flow.token(codeQuery(code()).and(name, "x")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/mcp",
        "https://proxy.example/other",
        "mcp",
        "https://proxy.example//",
        "https://proxy.example/mcp//",
        "%"
      })
  void foreignResourceSpendsNothing_TC21(String resource) {
    String code = code();
    refused(ErrorCode.INVALID_TARGET, flow.token(codeQuery(code).with("resource", resource)));

    issued(flow.token(codeQuery(code).with("resource", "https://proxy.example/mcp/")));
  }

  @Test
  void scopeIsNeverWiderThanTheGrant_TC22() {
    String code = flow.code(authorizeQuery().with("scope", "read"));

    Issued tokens = issued(flow.token(codeQuery(code).with("scope", "read write")));

    assertThat(tokens.scopes()).hasToString("read");
  }
}
