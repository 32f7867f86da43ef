package io.mcpoauth.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.client.RegistrationRequest;
import io.mcpoauth.core.internal.Json;
import io.mcpoauth.core.internal.client.BasicCredentials;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.policy.AccessPolicy;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.RedirectUri;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenRequest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No text that a stranger may send takes long to read, whatever it is made of. */
class ParserTimeTest extends FlowTest {

  /**
   * Where time grows faster than the text, the longest takes seconds. Most readers refuse it by its
   * length alone; the others are within what they read: an e-mail address, a URI, a token.
   */
  private static final List<Integer> LENGTHS = List.of(250, 2_000, 8_000, 250_000);

  private static final Duration LIMIT = Duration.ofMillis(50);
  private static final int TRIES = 10;

  /** Counts what a parser uses, whatever else the machine has to do. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final String ASSERTION_TYPE =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final AccessPolicy POLICY = AccessPolicy.of(List.of(), List.of("corp.com"));
  private static final RedirectUri LOOPBACK = new RedirectUri("http://127.0.0.1/cb");

  /** What a text begins with, and what it goes on with to the end. */
  private static final List<String[]> SHAPES =
      List.of(
          new String[] {"", "a"},
          new String[] {"", "a "},
          new String[] {"", "%41"},
          new String[] {"", "%"},
          new String[] {"", "&"},
          new String[] {"", "a=b&"},
          new String[] {"", "+"},
          new String[] {"", "/."},
          new String[] {"", "é"},
          new String[] {"", "."},
          new String[] {"", "aa.bb."},
          new String[] {"", "0"},
          new String[] {"", "["},
          new String[] {"", "{\"a\":"},
          new String[] {"{\"a\":\"", "\\u0041"},
          new String[] {"{\"redirect_uris\":[\"", "https://a.b/"},
          new String[] {"eyJhbGciOiJFUzI1NiJ9.", "e30"},
          new String[] {"https://h/", "a/"},
          new String[] {"https://h/", "/../"},
          new String[] {"https://h/?", "a=%2e&"},
          new String[] {"https://", "a."},
          new String[] {"https://", "a@"},
          new String[] {"http://127.0.0.1:", "1"},
          new String[] {"http://[", ":"},
          new String[] {"cursor://", "-"},
          new String[] {"a@", "a."},
          new String[] {"a@", "a-"},
          new String[] {"mcpr_", "A"});

  private final Map<String, Function<String, Runnable>> parsers = new LinkedHashMap<>();

  ParserTimeTest() {
    parsers.put("form", text -> () -> Parameters.parse(text));
    parsers.put("scope", text -> () -> Scopes.parse(text));
    parsers.put("redirect URI", text -> () -> RedirectUri.parse(text));
    parsers.put("presented redirect URI", text -> () -> LOOPBACK.matches(text));
    parsers.put("resource", text -> () -> ResourceUri.parse(text));
    parsers.put("challenge", text -> () -> CodeChallenge.parse(text));
    parsers.put("verifier", text -> () -> CodeChallenge.isVerifier(text));
    parsers.put("JSON", text -> () -> Json.parseObject(text));
    parsers.put("Basic header", text -> () -> BasicCredentials.parse("Basic " + text));
    parsers.put("Basic credentials", text -> () -> BasicCredentials.parse("Basic " + base64(text)));
    parsers.put("e-mail", text -> () -> POLICY.permits(new User("idp:1", "idp", text, "A")));
    parsers.put("bearer token", text -> () -> flow.decideOnce(Secret.of(text)));
    parsers.put("consent ticket", text -> () -> decide(text));
    parsers.put(
        "registration", text -> () -> flow.server.register(new RegistrationRequest(text, null)));
    parsers.put("client id", text -> authorize(Flow.authorizeQuery().with("client_id", text)));
    parsers.put("requested scope", text -> authorize(Flow.authorizeQuery().with("scope", text)));
    parsers.put("code", text -> token(Flow.codeQuery(text)));
    parsers.put("refresh token", text -> token(Flow.refreshQuery(text)));
    parsers.put(
        "client assertion",
        text ->
            token(
                Flow.refreshQuery("x")
                    .with("client_assertion_type", ASSERTION_TYPE)
                    .with("client_assertion", text)));
    parsers.put("state", this::callback);
  }

  /** In a thread of its own, since what takes for ever cannot be interrupted. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyParserIsLinear_DS09() {
    for (String[] shape : SHAPES) {
      for (int length : LENGTHS) {
        String text = shape[0] + shape[1].repeat((length - shape[0].length()) / shape[1].length());
        parsers.forEach(
            (name, parser) ->
                assertThat(time(parser.apply(text)))
                    .as("%s of %d times %s%s", name, length, shape[0], shape[1])
                    .isLessThan(LIMIT));
      }
    }
  }

  /** The best of some tries: the first ones run uncompiled code. */
  private static Duration time(Runnable parser) {
    Duration best = LIMIT;
    for (int i = 0; i < TRIES && best.compareTo(LIMIT) >= 0; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      parser.run();
      Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
      best = i == 0 || taken.compareTo(best) < 0 ? taken : best;
    }
    return best;
  }

  private void decide(String ticket) {
    flow.server.decide(new ConsentSubmission(Secret.of(ticket), "idp", Secret.of("browser")));
  }

  private Runnable authorize(Query query) {
    AuthorizeRequest request = new AuthorizeRequest(query.parameters(), null);
    return () -> flow.server.authorize(request);
  }

  private Runnable token(Query form) {
    TokenRequest request = new TokenRequest(form.parameters(), null);
    return () -> flow.server.token(request);
  }

  private Runnable callback(String state) {
    CallbackRequest request =
        new CallbackRequest(Query.of("code", "c", "state", state).parameters(), Map.of());
    return () -> flow.server.callback(request);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
