package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isLocal;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static io.mcpoauth.runner.wire.Answers.redirected;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.servlet.flow.HtmlForm;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The consent page, its form, and what becomes of the user's decision. */
class ConsentTest extends WireTest {

  private final App app = App.register(proxy);
  private final ScriptedBrowser browser = new ScriptedBrowser();
  private final int started = proxy.provider.started().size();
  private final int finished = proxy.provider.finished().size();

  ConsentTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void userIsAskedBeforeTheProviderIs_CN01_MCP61_MCP66_MCP71() {
    long facts = proxy.factsOfFlows();

    app.consent(browser, app.request());

    assertThat(proxy.provider.started()).hasSize(started);
    assertThat(proxy.factsOfFlows()).isEqualTo(facts);
    assertThat(browser.cookieNames(proxy.issuer)).containsExactly("__Host-mcp-consent");
  }

  @Test
  void pageSaysWhoAsksForWhatAndWhereItEnds_MCP57_MCP59_MCP67() {
    App nativeApp = App.register(proxy, "none", "http://127.0.0.1:4000/cb");
    String text = HtmlForm.text(app.consent(browser, app.request()).html());
    String loopback =
        HtmlForm.text(
            nativeApp
                .consent(
                    browser, nativeApp.request().with("redirect_uri", "http://127.0.0.1:4000/cb"))
                .html());

    assertThat(text).contains("App", "app.example", "Not verified", "read", "write");
    assertThat(text).contains(proxy.issuer + "/mcp").doesNotContain("on this computer");
    assertThat(loopback).contains("An application on this computer", "127.0.0.1");
  }

  @Test
  void approvalInOneBrowserIsNoneInAnother_CN02_MCP70() {
    Hop toProvider = app.approve(browser, app.request());

    Hop stolen = new ScriptedBrowser().open(app.callback(toProvider));

    isLocal(403, stolen.response());
    assertThat(proxy.provider.finished()).hasSize(finished);
    assertThat(browser.open(app.callback(toProvider)).isRedirect()).isTrue();
  }

  @Test
  void formOfAnotherBrowserIsRefused_CN03() {
    Hop attackers = app.consent(new ScriptedBrowser(), app.request());
    app.consent(browser, app.request());

    isLocal(403, browser.press(attackers, "Continue with").response());
    isLocal(403, new ScriptedBrowser().press(attackers, "Continue with").response());
    assertThat(proxy.provider.started()).hasSize(started);
  }

  @Test
  void formThatAnotherSiteSendsIsRefused_CN03() {
    HttpResponse<String> response =
        wire.post("/consent", Wire.FORM, "ticket=x&provider=idp", "Sec-Fetch-Site", "cross-site");

    isLocal(403, response);
  }

  @Test
  void fieldsThatAreAddedToTheFormDoNotCount_CN07() {
    Hop page = app.consent(browser, app.request().with("scope", "read"));
    String more =
        "&scope=write&redirect_uri=https://evil.example/&client_id=other&user=mallory&state=forged";

    HttpResponse<String> toProvider =
        wire.post(
            "/consent",
            Wire.FORM,
            "provider=idp&ticket=" + ticket(page) + more,
            "Cookie",
            cookie(page.response()));
    String path = "/callback?code=upstream&" + location(toProvider).getRawQuery();
    HttpResponse<String> toApp = wire.get(path, "Cookie", cookie(toProvider));

    Parameters answer = redirected(App.REDIRECT_URI, proxy.issuer, toApp);
    assertThat(answer.get("state")).isEqualTo("the state");
    String code = App.codeIn(location(toApp));
    assertThat(Wire.json(wire.token(app.exchange(code)), 200).path("scope").asText())
        .isEqualTo("read");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 60, 200})
  void changedTicketIsWorthNothing_CN07(int position) {
    String ticket = ticket(app.consent(browser, app.request()));
    char other = ticket.charAt(position) == 'A' ? 'B' : 'A';
    String changed = ticket.substring(0, position) + other + ticket.substring(position + 1);

    isLocal(wire.post("/consent", Wire.FORM, "provider=idp&ticket=" + changed));
  }

  @Test
  void doubleClickGetsTheSameAnswerAndOneCode_CN08() {
    Hop page = app.consent(browser, app.request());
    Hop first = browser.press(page, "Continue with");
    Hop second = browser.press(page, "Continue with");
    assertThat(second.location()).isEqualTo(first.location());

    assertThat(browser.open(app.callback(first)).isRedirect()).isTrue();
    isLocal(browser.open(app.callback(second)).response());
    isLocal(browser.press(page, "Continue with").response());
    assertThat(proxy.provider.finished()).hasSize(finished + 1);
  }

  @Test
  void overlappingPagesOfOneBrowserStaySubmittable_CN08() {
    Hop one = app.consent(browser, app.request().with("state", "one"));
    Hop two = app.consent(browser, app.request().with("state", "two"));

    Hop fromOne = browser.press(one, "Continue with");
    Hop fromTwo = browser.press(two, "Continue with");

    assertThat(browser.open(app.callback(fromOne)).location().getQuery()).contains("state=one");
    assertThat(browser.open(app.callback(fromTwo)).location().getQuery()).contains("state=two");
  }

  @Test
  void deniedRequestGoesBackAndIsDead_CN09() {
    Hop page = app.consent(browser, app.request());

    Hop denied = browser.press(page, "Cancel");

    assertThat(denied.status()).isEqualTo(303);
    Parameters answer = redirected(App.REDIRECT_URI, proxy.issuer, denied.response());
    assertThat(answer.get("error")).isEqualTo("access_denied");
    assertThat(answer.get("state")).isEqualTo("the state");
    isLocal(browser.press(page, "Continue with").response());
    assertThat(browser.cookieNames(proxy.issuer)).containsExactly("__Host-mcp-consent");
  }

  /** A browser shows the answer to the second click only, so the client must hear of it there. */
  @Test
  void doubleClickOnDenyStillTellsTheClient_CN09() {
    Hop page = app.consent(browser, app.request());

    Hop first = browser.press(page, "Cancel");
    Hop second = browser.press(page, "Cancel");

    assertThat(second.status()).isEqualTo(303);
    assertThat(second.location()).isEqualTo(first.location());
  }

  @Test
  void denialAfterTheSignInIsTooLate_CN09() {
    Hop page = app.consent(browser, app.request());
    browser.open(app.callback(browser.press(page, "Continue with")));

    isLocal(browser.press(page, "Cancel").response());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\\\"><img src=x onerror=alert(1)>",
        "evil\\u202Eelgoog",
        "goo\\u200Bgle",
        "line\\nbreak\\u0007",
        "\\uD83D\\uDE00 ' & \\u2028"
      })
  void hostileNamesAreShownAsTheyAreAndHarmless_CN10_RG20(String name) {
    App hostile =
        App.ofOperator(
            proxy,
            App.metadata(name, "none", App.REDIRECT_URI)
                .replace("{\"client_name\"", "{\"client_name#ja\":\"Google\",\"client_name\""));

    String html = hostile.consent(browser, hostile.request()).html();

    assertThat(html)
        .doesNotContain("<script", "<img", "\u202e", "\u200b", "\u0007", "\u2028", "Google")
        .contains("app.example");
  }

  @Test
  void overlongNameIsRefusedAndALongOneCut_CN10() {
    String tooLong = App.metadata("n".repeat(10_240), "none", App.REDIRECT_URI);
    App longName = App.ofOperator(proxy, App.metadata("n".repeat(200), "none", App.REDIRECT_URI));

    isRefused(400, "invalid_client_metadata", wire.register(tooLong));
    assertThat(longName.consent(browser, longName.request()).html()).doesNotContain("n".repeat(81));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logo_uri", "client_uri", "tos_uri", "policy_uri"})
  void dangerousLinksAreRefusedAndNoneIsFollowed_CN11(String member) {
    for (String uri :
        List.of("javascript:alert(1)", "data:text/html,x", "http://169.254.169.254/", "x")) {
      isRefused(400, "invalid_client_metadata", wire.register(withMember(member, uri)));
    }
    App linked = App.ofOperator(proxy, withMember(member, "https://cdn.example/picture.png"));
    assertThat(linked.consent(browser, linked.request()).html()).doesNotContain("cdn.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iframe", "frame", "embed", "object"})
  void framedPageIsRefused_CN14_WB15(String destination) {
    HttpResponse<String> framed = wire.authorize(app.request(), "Sec-Fetch-Dest", destination);
    HttpResponse<String> page = wire.authorize(app.request());

    isLocal(403, framed);
    assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("frame-ancestors 'none'");
  }

  @Test
  void nothingLeaksThroughReferrerOrCache_CN15() {
    Hop page = app.consent(browser, app.request());
    Hop toProvider = browser.press(page, "Continue with");
    Hop toApp = browser.open(app.callback(toProvider));

    for (Hop hop : List.of(page, toProvider, toApp)) {
      assertThat(hop.response().headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(hop.response().headers().firstValue("Cache-Control")).contains("no-store");
    }
    assertThat(toProvider.status()).isEqualTo(303);
    assertThat(toApp.status()).isEqualTo(302);
  }

  @Test
  void pageNeedsNoScriptAndIsItsOwn_CN16() {
    HttpResponse<String> page = wire.authorize(app.request());

    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe", "script-src", "form-action");
    assertThat(page.body()).doesNotContain("<script", "onclick", "src=", "<link", "@import");
  }

  @Test
  void ticketsAreUnguessable_CN18() {
    Set<String> tickets = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      tickets.add(ticket(app.consent(browser, app.request())));
    }

    assertThat(tickets).hasSize(20).allMatch(ticket -> ticket.length() > 100);
    isLocal(wire.post("/consent", Wire.FORM, "provider=idp&ticket=AAAA"));
    isLocal(wire.post("/consent", Wire.FORM, "provider=idp"));
    isLocal(wire.post("/consent", Wire.FORM, ""));
  }

  @Test
  void clientThatIsWithdrawnMeanwhileGetsNothing_CN20() {
    App before = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    Hop page = before.consent(browser, before.request());
    proxy.other.storage().clients().delete(before.id());
    isLocal(browser.press(page, "Continue with").response());

    App during = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    Hop toProvider = during.approve(browser, during.request());
    proxy.other.storage().clients().delete(during.id());
    isLocal(browser.open(during.callback(toProvider)).response());

    App after = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    String code = after.code();
    proxy.other.storage().clients().delete(after.id());
    isRefused(401, "invalid_client", wire.token(after.authenticated(after.exchange(code))));
  }

  @Test
  void grantThatIsRevokedBeforeTheCodeIsUsedGivesNothing_CN20() {
    String code = app.code();
    proxy.database.execute(
        "update mcp_oauth.grants set revoked_at = now() where id = (select grant_id from"
            + " mcp_oauth.authorization_codes where id = '"
            + code.substring("mcpc_".length(), code.indexOf('.'))
            + "')");

    isInvalidGrant(wire.token(app.exchange(code)));
  }

  private static String withMember(String name, String value) {
    return App.metadata("Linked", "none", App.REDIRECT_URI)
        .replace("{\"client_name\"", "{\"" + name + "\":\"" + value + "\",\"client_name\"");
  }

  private static String ticket(Hop page) {
    Map<String, String> fields = page.form().fields();
    return fields.getOrDefault("ticket", "");
  }

  private static String cookie(HttpResponse<String> response) {
    String set = response.headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private static URI location(HttpResponse<String> response) {
    return URI.create(response.headers().firstValue("Location").orElseThrow());
  }
}
