package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.runner.e2e.ProxyPair.Approved;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back from the provider, over two instances and PostgreSQL. */
class CallbackOverHttpTest {

  private static final int RACERS = 8;

  private static ProxyPair pair;

  private final HttpCalls http = new HttpCalls();
  private int spent;

  @BeforeAll
  static void start() {
    pair = ProxyPair.inOrder();
  }

  @BeforeEach
  void countCodes() {
    spent = pair.provider.tokenRequests().size();
  }

  @AfterEach
  void mend() {
    ProxyPair.inOrder();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "code=c", "code=c&state=", "code=c&state=x", "state=x&code=c&state=y"})
  void stateThatIsNotOursIsAnsweredHere_UP01(String query) {
    staysHere(http.get(pair.first().resolve("/callback?" + query)), 400);
  }

  @Test
  void usedStateIsAnsweredHere_UP01() {
    Approved approved = pair.approve("ada");
    assertThat(approved.browser().open(approved.callback()).isRedirect()).isTrue();

    staysHere(approved.browser().open(approved.callback()).response(), 400);
    assertThat(codesSpent()).isEqualTo(1);
  }

  @Test
  void ofManyCallbacksOnTwoInstancesOneGetsACode_UP02() throws Exception {
    Approved approved = pair.approve("ada");
    String cookies = approved.browser().cookieHeader(approved.callback());
    URI there =
        pair.second()
            .resolve(approved.callback().getRawPath() + "?" + approved.callback().getRawQuery());
    List<Callable<HttpResponse<String>>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      URI callback = i % 2 == 0 ? approved.callback() : there;
      racers.add(() -> http.send(HttpRequest.newBuilder(callback).header("Cookie", cookies)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> racer : threads.invokeAll(racers)) {
        statuses.add(racer.get().statusCode());
      }
      assertThat(statuses)
          .containsOnlyOnce(302)
          .filteredOn(status -> status != 302)
          .containsOnly(400);
      assertThat(codesSpent()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void browserThatDidNotApproveIsRefused_UP03() {
    Approved approved = pair.approve("ada");
    Approved other = pair.approve("mallory");

    staysHere(new ScriptedBrowser().open(approved.callback()).response(), 403);
    staysHere(other.browser().open(approved.callback()).response(), 403);
    assertThat(codesSpent()).isZero();
  }

  @Test
  void loginCookieIsSetByTheApprovalAndBoundToTheHost_UP04() {
    Approved approved = pair.approve("ada");

    List<String> set = approved.approval().response().headers().allValues("Set-Cookie");
    assertThat(set)
        .filteredOn(cookie -> cookie.startsWith("__Host-mcp-login-"))
        .singleElement()
        .satisfies(
            cookie ->
                assertThat(List.of(cookie.split("; ")))
                    .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                    .noneMatch(attribute -> attribute.startsWith("Domain")));
    ScriptedBrowser visitor = new ScriptedBrowser();
    visitor.open(approved.flow().authorizationRequest(approved.metadata(), approved.clientId()));
    assertThat(visitor.cookieNames(pair.first())).noneMatch(name -> name.contains("login"));
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, access_denied",
    "consent_required, access_denied",
    "server_error, temporarily_unavailable",
    "invalid_scope, server_error"
  })
  void providersErrorIsMappedForTheClient_UP05(String error, String told) {
    Approved approved = pair.approve("ada");
    Hop hop = approved.browser().open(withoutCode(approved, "error=" + error));

    assertThat(hop.location().getRawQuery()).contains("error=" + told, "state=", "iss=");
    staysHere(approved.browser().open(approved.callback()).response(), 400);
  }

  @Test
  void providersWordsAreNotRepeated_UP06() {
    Approved approved = pair.approve("ada");
    String words =
        "error=%3Cscript%3E&error_uri=canary7391&error_description=%3Cscript%3E%0D%0ASet-Cookie:x"
            + "canary7391".repeat(1000);
    HttpResponse<String> answer =
        approved.browser().open(withoutCode(approved, words.substring(0, 6000))).response();

    assertThat(answer.headers().map().toString() + answer.body())
        .doesNotContain("canary7391", "<script>", "%3Cscript");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&error=access_denied"})
  void answerThatNamesAnotherIssuerStaysHere_UP07(String more) {
    Approved approved = pair.approve("ada");
    URI mixedUp = URI.create(approved.callback() + "&iss=https%3A%2F%2Fevil.example" + more);

    staysHere(approved.browser().open(mixedUp).response(), 400);
    assertThat(codesSpent()).isZero();
  }

  @Test
  void codeGoesToTheProviderWithItsVerifier_UP08() {
    Approved approved = pair.approve("ada");
    approved.finish();

    assertThat(approved.approval().location().getRawQuery())
        .contains("code_challenge=", "code_challenge_method=S256", "nonce=");
    assertThat(pair.provider.tokenRequests().get(spent).get("code_verifier")).hasSize(43);
  }

  @Test
  void codeOfAnotherSignInIsWorthNothing_UP09() {
    Approved victim = pair.approve("ada");
    Approved attacker = pair.approve("mallory");
    String stolen = attacker.callback().getRawQuery().split("&", 2)[0];
    String state = victim.callback().getRawQuery().split("&", 2)[1];
    Hop hop = victim.browser().open(pair.first().resolve("/callback?" + stolen + "&" + state));

    assertThat(hop.location().getRawQuery()).contains("error=server_error").doesNotContain("code=");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302})
  void troubleAtTheTokenEndpointIsTold_UP17(int status) {
    Approved approved = pair.approve("ada");
    pair.provider.fail(status);
    HttpResponse<String> answer = approved.browser().open(approved.callback()).response();

    assertThat(answer.headers().firstValue("Location").orElse(""))
        .contains("error=temporarily_unavailable")
        .doesNotContain("code=");
  }

  @Test
  void headPrefetchAndPostDoNotUseUpTheSignIn_UP23() {
    Approved approved = pair.approve("ada");
    URI callback = approved.callback();
    String cookies = approved.browser().cookieHeader(callback);
    http.send(
        HttpRequest.newBuilder(callback)
            .header("Cookie", cookies)
            .method("HEAD", BodyPublishers.noBody()));
    http.send(
        HttpRequest.newBuilder(callback)
            .header("Cookie", cookies)
            .header("Sec-Purpose", "prefetch"));
    http.send(
        HttpRequest.newBuilder(callback).header("Cookie", cookies).POST(BodyPublishers.noBody()));
    assertThat(codesSpent()).isZero();

    assertThat(approved.finish().accessToken()).isNotEmpty();
  }

  @Test
  void signInThatOneInstanceBeganIsFinishedByTheOther_lesson16() {
    Approved approved = pair.approve("ada");
    URI there = pair.second().resolve("/callback?" + approved.callback().getRawQuery());

    Hop answer = approved.browser().open(there);

    String code = approved.flow().code(approved.metadata(), approved.clientId(), answer.location());
    assertThat(
            approved.flow().exchange(approved.metadata(), approved.clientId(), code).accessToken())
        .isNotEmpty();
  }

  private static URI withoutCode(Approved approved, String answer) {
    String state = approved.callback().getRawQuery().split("&", 2)[1];
    return pair.first().resolve("/callback?" + answer + "&" + state);
  }

  private int codesSpent() {
    return pair.provider.tokenRequests().size() - spent;
  }

  private static void staysHere(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.headers().allValues("Cache-Control")).contains("no-store");
  }
}
