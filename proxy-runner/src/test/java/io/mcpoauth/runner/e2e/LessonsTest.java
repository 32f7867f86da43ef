package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.runner.e2e.ProxyPair.Approved;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.HtmlForm;
import io.mcpoauth.servlet.flow.HttpCalls;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What deployments of such proxies stumble over; the names end in the number of the case. */
class LessonsTest {

  private static ProxyPair pair;

  private final HttpCalls http = new HttpCalls();

  @BeforeAll
  static void start() {
    pair = ProxyPair.inOrder();
  }

  @AfterEach
  void mend() {
    ProxyPair.inOrder();
  }

  @Test
  void refreshTokenThatComesTwiceAtOnceIsAnsweredAlikeByBothInstances_lesson10() throws Exception {
    Approved approved = pair.approve("ada");
    Tokens tokens = approved.finish();
    Map<String, String> form =
        Map.of(
            "grant_type", "refresh_token",
            "client_id", approved.clientId(),
            "refresh_token", tokens.refreshToken());
    List<Callable<HttpResponse<String>>> refreshes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      URI endpoint = (i % 2 == 0 ? pair.first() : pair.second()).resolve("/token");
      refreshes.add(() -> http.postForm(endpoint, form));
    }
    ExecutorService threads = Executors.newFixedThreadPool(refreshes.size());
    try {
      List<String> next = new ArrayList<>();
      for (Future<HttpResponse<String>> refresh : threads.invokeAll(refreshes)) {
        next.add(FlowDriver.tokens(refresh.get()).refreshToken());
      }
      assertThat(next).containsOnly(next.get(0)).doesNotContain(tokens.refreshToken());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void strangersHeadersDoNotMoveIssuerMetadataAndChallenge_lesson13() {
    HttpResponse<String> challenge =
        http.send(asIfFromElsewhere(pair.first().resolve("/mcp")).POST(BodyPublishers.noBody()));
    String header = challenge.headers().firstValue("WWW-Authenticate").orElse("");
    assertThat(header)
        .contains(
            "resource_metadata=\"" + pair.first() + "/.well-known/oauth-protected-resource/mcp\"");

    JsonNode resource =
        HttpCalls.json(
            http.send(
                asIfFromElsewhere(
                    pair.first().resolve("/.well-known/oauth-protected-resource/mcp"))),
            200);
    assertThat(resource.path("resource").asText()).isEqualTo(pair.first() + "/mcp");
    String issuer = resource.path("authorization_servers").path(0).asText();
    assertThat(issuer).isEqualTo(pair.first().toString());

    JsonNode server =
        HttpCalls.json(
            http.send(
                asIfFromElsewhere(pair.first().resolve("/.well-known/oauth-authorization-server"))),
            200);
    assertThat(server.path("issuer").asText()).isEqualTo(issuer);
    assertThat(server.toString()).doesNotContain("evil.example");
  }

  private static HttpRequest.Builder asIfFromElsewhere(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("X-Forwarded-Host", "evil.example")
        .header("X-Forwarded-Proto", "https")
        .header("X-Forwarded-Prefix", "/evil.example")
        .header("X-Original-URL", "https://evil.example/mcp")
        .header("Forwarded", "host=evil.example;proto=https");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp", "/mcp/"})
  void mcpServerIsFoundWithAndWithoutATrailingSlash_lesson14(String path) {
    Tokens tokens = pair.approve("ada").finish();

    HttpResponse<String> answer =
        new FlowDriver(pair.first().resolve(path)).callMcp(tokens.accessToken());

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void redirectOfTheMcpServerDoesNotTellWhereItIs_lesson14(int status) {
    Tokens tokens = pair.approve("ada").finish();
    pair.mcpServerRedirectsToItself(status);

    HttpResponse<String> answer =
        new FlowDriver(pair.first().resolve("/mcp")).callMcp(tokens.accessToken());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Location")).contains(pair.first() + "/mcp/");
    assertThat(answer.headers().map().toString()).doesNotContain(pair.mcpServerOrigin());
  }

  @Test
  void consentPageThatIsOpenedTwiceWorksOnceMore_lesson17() {
    FlowDriver flow = new FlowDriver(pair.first().resolve("/mcp"));
    JsonNode metadata = flow.discover();
    String client = flow.register(metadata, "End-to-end test");
    URI request = flow.authorizationRequest(metadata, client);
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop page = browser.open(request);
    browser.open(request);

    Hop approval = browser.press(page, "Continue with");

    assertThat(approval.location().toString()).startsWith(pair.provider.issuer());
  }

  @Test
  void nobodyGetsACodeWithoutTheConsentPage_lesson17() {
    FlowDriver flow = new FlowDriver(pair.first().resolve("/mcp"));
    JsonNode metadata = flow.discover();
    String client = flow.register(metadata, "End-to-end test");
    URI request = flow.authorizationRequest(metadata, client);
    ScriptedBrowser browser = new ScriptedBrowser();
    pair.approve("ada").finish();

    Hop again = browser.open(request);
    assertThat(again.isRedirect()).isFalse();
    Hop page = browser.open(URI.create(request + "&prompt=login&consent=true&approved=1"));
    assertThat(page.isRedirect()).isFalse();
    HtmlForm form = page.form();
    HtmlForm.Button button = form.button("Continue with");
    Map<String, String> fields = new HashMap<>(form.fields());
    fields.put(button.name(), button.value());
    HttpResponse<String> forged = http.postForm(form.action(), fields);
    assertThat(forged.statusCode()).isIn(400, 403);
    assertThat(forged.headers().firstValue("Location")).isEmpty();
  }
}
