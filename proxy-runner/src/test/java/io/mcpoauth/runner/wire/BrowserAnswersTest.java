package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isLocal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are shown, whoever chose the words in it. */
class BrowserAnswersTest extends WireTest {

  private static final String HOSTILE =
      "\"'><script>alert(1)</script><img src=x onerror=alert(1)></title>";
  private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

  BrowserAnswersTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void hostileNameIsTextOnEveryPage_WB14() {
    App app = App.named(proxy, HOSTILE);
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop consent = app.consent(browser, app.request());
    isHarmless(consent.response());
    assertThat(consent.html()).contains("&lt;script&gt;alert(1)&lt;/script&gt;");

    // An error that may not be redirected at once is a page with the client's name, and a link.
    HttpResponse<String> error = wire.authorize(app.request().with("response_type", HOSTILE));
    isHarmless(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/authorize?client_id=",
        "/authorize?redirect_uri=",
        "/callback?error=access_denied&error_description=",
        "/callback?error=",
        "/callback?state=",
        "/account?rd=",
        "/account?error="
      })
  void hostileParametersAreNotOnThePage_WB14(String target) {
    HttpResponse<String> page =
        wire.get(target + URLEncoder.encode(HOSTILE, UTF_8), "Accept", HTML);

    isHarmless(page);
    assertThat(page.body()).doesNotContain("alert(1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-authorization-server",
        "/.well-known/oauth-protected-resource/mcp",
        "/jwks",
        "/token",
        "/register",
        "/revoke",
        "/introspect",
        "/health",
        "/mcp",
        "/nothing",
        "/<script>alert(1)</script>"
      })
  void documentsForProgramsAreNoPagesWhenABrowserOpensThem_WB18(String path) {
    HttpResponse<String> answer =
        wire.get(path.replace("<", "%3C").replace(">", "%3E"), "Accept", HTML);

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.body()).doesNotContain("<");
  }

  /** Nothing is renewed while a page loads, so that tabs have nothing to race for. */
  @Test
  void manyTabsOfOneSessionAllWork_WB17() {
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop signIn = browser.press(browser.open(proxy.one.uri("/account")), "Continue with");
    String brought = signIn.location().getRawQuery();
    Hop back = browser.open(proxy.one.uri("/callback?code=upstream&" + brought));
    URI account = proxy.one.uri("/account");
    assertThat(browser.follow(back).html()).contains("Connected apps");
    String cookies = browser.cookieHeader(account);

    List<CompletableFuture<HttpResponse<String>>> tabs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Wire instance = new Wire(proxy.both().get(i % 2));
      tabs.add(CompletableFuture.supplyAsync(() -> instance.get("/account", "Cookie", cookies)));
    }

    assertThat(tabs)
        .allSatisfy(
            tab -> {
              assertThat(tab.join().statusCode()).isEqualTo(200);
              assertThat(tab.join().body()).contains("Connected apps", "Sign out");
              assertThat(tab.join().headers().firstValue("Set-Cookie")).isEmpty();
            });
  }

  @Test
  void pagesBringNothingFromElsewhere_WB20() {
    App app = App.register(proxy);
    Hop consent = app.consent(new ScriptedBrowser(), app.request());
    HttpResponse<String> error = wire.authorize(Query.of("client_id", "nobody"));

    for (String html : List.of(consent.html(), error.body())) {
      assertThat(html).doesNotContainPattern("(?i)(src|href|action)\\s*=\\s*[\"']?(https?:)?//");
      assertThat(html).doesNotContainPattern("(?i)url\\(|@import|<(script|iframe|object|embed)");
    }
    isLocal(error);
  }

  private static void isHarmless(HttpResponse<String> page) {
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe-inline");
    assertThat(page.body()).doesNotContain("<script", "<img", "onerror=alert(1)>");
  }
}
