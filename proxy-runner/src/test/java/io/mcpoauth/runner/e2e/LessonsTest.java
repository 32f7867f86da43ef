package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.GivenSettings;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.config.Setting;
import io.mcpoauth.runner.e2e.ProxyPair.Approved;
import io.mcpoauth.runner.lifecycle.Runner;
import io.mcpoauth.runner.lifecycle.RunningProxy;
import io.mcpoauth.servlet.contract.FreePorts;
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
import java.time.Duration;
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
  void refreshTokenThatComesBackAfterTheWindowEndsTheGrant_lesson10() {
    Approved approved = pair.approve("ada");
    Tokens first = approved.finish();
    FlowDriver flow = approved.flow();
    Tokens next =
        FlowDriver.tokens(
            flow.refresh(approved.metadata(), approved.clientId(), first.refreshToken()));
    pair.storageIsAhead(Duration.ofSeconds(61));

    for (Tokens dead : List.of(first, next)) {
      HttpResponse<String> refused =
          flow.refresh(approved.metadata(), approved.clientId(), dead.refreshToken());
      assertThat(HttpCalls.json(refused, 400).path("error").asText()).isEqualTo("invalid_grant");
    }
    await().until(() -> flow.callMcp(next.accessToken()).statusCode() == 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server/tenants/one",
        "/tenants/one/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration/tenants/one",
        "/tenants/one/.well-known/openid-configuration"
      })
  void issuerWithAPathIsFoundAtAllWellKnownForms_lesson13(String path) {
    URI address = URI.create("http://localhost:" + FreePorts.next(1));
    String issuer = "https://mcp.example.com/tenants/one";
    RunnerConfig config =
        ((Configured<RunnerConfig>)
                GivenSettings.complete()
                    .with(Setting.PORT, String.valueOf(address.getPort()))
                    .with(Setting.BASE_URL, "https://mcp.example.com")
                    .with(Setting.ROUTE_PREFIX, "/tenants/one")
                    .read())
            .configuration();
    try (RunningProxy proxy = Runner.start(config)) {
      assertThat(proxy.issuer()).hasToString(issuer);
      String challenge =
          http.get(address.resolve("/tenants/one/mcp"))
              .headers()
              .firstValue("WWW-Authenticate")
              .orElse("");
      String resourceMetadata = "/.well-known/oauth-protected-resource/tenants/one/mcp";
      assertThat(challenge)
          .contains("resource_metadata=\"https://mcp.example.com" + resourceMetadata + "\"");
      JsonNode resource = HttpCalls.json(http.get(address.resolve(resourceMetadata)), 200);
      assertThat(resource.path("resource").asText()).isEqualTo(issuer + "/mcp");
      assertThat(resource.path("authorization_servers").path(0).asText()).isEqualTo(issuer);

      JsonNode metadata = HttpCalls.json(http.get(address.resolve(path)), 200);

      assertThat(metadata.path("issuer").asText()).isEqualTo(issuer);
      assertThat(metadata.path("token_endpoint").asText()).isEqualTo(issuer + "/token");
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
