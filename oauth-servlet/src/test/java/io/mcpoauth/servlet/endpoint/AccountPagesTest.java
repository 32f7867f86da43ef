package io.mcpoauth.servlet.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.access.AccessDecision;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.Container;
import io.mcpoauth.servlet.contract.TestServer;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's own pages over HTTP. */
class AccountPagesTest {

  private static final String COOKIE = "__Host-mcp-session";

  private final Container container = Container.jetty("/auth");
  private final Browser browser = new Browser();
  private AuthorizationServer server;
  private Secret accessToken;

  @BeforeEach
  void start() throws Exception {
    server = TestServer.at(URI.create("http://localhost:" + container.port() + "/auth"));
    accessToken = TestServer.accessToken(server);
    container.addServlet(new OAuthServlet(server, SecretSource.system()), List.of("/*"));
    container.start();
  }

  @AfterEach
  void stop() throws Exception {
    container.stop();
    server.close();
  }

  @Test
  void userSignsInSeesTheConnectionEndsItAndSignsOut_N5() throws Exception {
    HttpResponse<String> page = signedInPage();
    assertThat(page.body())
        .contains("Connected apps", "Ada Løvelace", "Client &lt;1&gt;", "this computer (127.0.0.1)")
        .contains("/mcp</code>", "Disconnect", "Sign out");

    HttpResponse<String> ended = press(page, "disconnect", "&grant=" + field(page, "grant"));
    assertThat(ended.statusCode()).isEqualTo(303);
    assertThat(location(ended)).isEqualTo(uri("/account"));
    assertThat(server.checkAccess(bearer(), server.settings().resources().get(0)))
        .isInstanceOf(AccessDecision.Unauthenticated.class);
    assertThat(browser.get(uri("/account")).body()).contains("Nothing is connected");

    HttpResponse<String> out = press(page, "sign-out", "");
    assertThat(out.body()).contains("You are signed out");
    assertThat(browser.cookies()).doesNotContainKey(COOKIE);
    assertThat(browser.get(uri("/account")).body()).contains("Sign in to see");
  }

  @Test
  void sessionCookieIsForThisHostAndScriptsDoNotSeeIt_WB04() throws Exception {
    HttpResponse<String> signedIn = signIn();

    assertThat(signedIn.headers().allValues("Set-Cookie"))
        .filteredOn(cookie -> cookie.startsWith(COOKIE + "="))
        .singleElement()
        .asString()
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=3600")
        .doesNotContain("Domain", "Ada", "test:42");
  }

  @Test
  void pagesAreStrict_WB13_WB15_WB19() throws Exception {
    HttpResponse<String> before = browser.get(uri("/account?rd=//evil.example"));
    HttpResponse<String> overview = signedInPage();
    HttpResponse<String> out = press(overview, "sign-out", "");

    for (HttpResponse<String> page : List.of(before, overview, out)) {
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(page.body()).doesNotContain("<script", "evil");
    }
    assertThat(browser.get(uri("/account"), "Sec-Fetch-Dest", "iframe").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void formsOfOtherSitesDoNothing_WB05(String site) throws Exception {
    HttpResponse<String> page = signedInPage();
    String form = "form_token=" + field(page, "form_token") + "&grant=" + field(page, "grant");

    for (String path : List.of("disconnect", "sign-out", "sign-in")) {
      assertThat(
              browser
                  .submit(uri("/account/" + path), form + "&provider=test", "Sec-Fetch-Site", site)
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(browser.get(uri("/account")).body()).contains("Disconnect");
  }

  @Test
  void formWithoutItsTokenDoesNothing_WB05() throws Exception {
    HttpResponse<String> page = signedInPage();
    HttpResponse<String> answer =
        browser.submit(uri("/account/disconnect"), "grant=" + field(page, "grant"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(browser.cookies()).containsKey(COOKIE);
    assertThat(server.checkAccess(bearer(), server.settings().resources().get(0)))
        .isInstanceOf(AccessDecision.Granted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant=a&grant=b", "form_token=a&form_token=b&grant=c", "%zz"})
  void oddFormIsRefused(String form) throws Exception {
    assertThat(browser.submit(uri("/account/disconnect"), form).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s=%s; %1$s=%2$s", "%s=\"%s\"", "%s=x%s", "%s=%s=", "%s= %s,x", "%s", "%s="})
  void malformedSessionIsNone_RS31(String form) throws Exception {
    HttpResponse<String> signedIn = signIn();
    String session =
        signedIn.headers().allValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith(COOKIE + "="))
            .map(cookie -> cookie.substring(COOKIE.length() + 1, cookie.indexOf(';')))
            .findFirst()
            .orElseThrow();
    Browser other = new Browser();
    String whole = COOKIE + "=" + session;
    assertThat(other.get(uri("/account"), "Cookie", whole).body()).contains("Ada L");

    String malformed = form.formatted(COOKIE, session);
    assertThat(other.get(uri("/account"), "Cookie", malformed).body())
        .contains("Sign in to see")
        .doesNotContain("Ada L");
  }

  @Test
  void changesNeedAForm_WB11() throws Exception {
    for (String path : List.of("/account/sign-in", "/account/disconnect", "/account/sign-out")) {
      assertThat(browser.get(uri(path)).statusCode()).isEqualTo(405);
    }
  }

  @Test
  void cookieThatIsWorthNothingIsRemoved_WB07() throws Exception {
    browser.cookies().put(COOKIE, "A".repeat(43));

    assertThat(browser.get(uri("/account")).statusCode()).isEqualTo(401);
    assertThat(browser.cookies()).doesNotContainKey(COOKIE);
    assertThat(browser.get(uri("/account")).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> signedInPage() throws Exception {
    return browser.get(location(signIn()));
  }

  private HttpResponse<String> signIn() throws Exception {
    HttpResponse<String> toProvider = browser.submit(uri("/account/sign-in"), "provider=test");
    assertThat(toProvider.statusCode()).isEqualTo(303);
    HttpResponse<String> signedIn =
        browser.get(uri("/callback?code=c&" + location(toProvider).getRawQuery()));
    assertThat(signedIn.statusCode()).isEqualTo(302);
    assertThat(location(signedIn)).isEqualTo(uri("/account"));
    return signedIn;
  }

  private HttpResponse<String> press(HttpResponse<String> page, String path, String more)
      throws Exception {
    return browser.submit(
        uri("/account/" + path), "form_token=" + field(page, "form_token") + more);
  }

  private static String field(HttpResponse<String> page, String name) {
    Matcher matcher =
        Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(page.body());
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private Secret bearer() {
    return Secret.of("Bearer " + accessToken.expose());
  }

  private static URI location(HttpResponse<String> response) {
    return URI.create(response.headers().firstValue("Location").orElseThrow());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + container.port() + "/auth" + path);
  }
}
