package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isLocal;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization requests whose client or redirect URI is not known to be right: no redirect. */
class UntrustedRequestTest extends WireTest {

  private final App app = App.register(proxy);
  private final long factsBefore = proxy.factsOfFlows();

  UntrustedRequestTest(TwoInstances proxy) {
    super(proxy);
  }

  @AfterEach
  void nothingWasKept() {
    assertThat(proxy.factsOfFlows()).isEqualTo(factsBefore);
  }

  @Test
  void unknownOrDeletedClientSeesAPage_AZ01() {
    App deleted = App.register(proxy, "client_secret_post", App.REDIRECT_URI);
    proxy.other.storage().clients().delete(deleted.id());

    isLocal(wire.authorize(app.request().with("client_id", "nobody")));
    isLocal(wire.authorize(deleted.request()));
  }

  @Test
  void missingOrEmptyClientSeesAPage_AZ02() {
    isLocal(wire.authorize(app.request().without("client_id")));
    isLocal(wire.authorize(app.request().with("client_id", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/callback",
        "https://app.example.evil.example/callback",
        "https://app.example",
        "//app.example/callback",
        "javascript:alert(1)"
      })
  void redirectUriThatIsNotRegisteredSeesAPage_AZ03(String uri) {
    isLocal(wire.authorize(app.request().with("redirect_uri", uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/CALLBACK",
        "https://app.example/callback/",
        "https://app.example/%63allback",
        "https://app.example./callback",
        "https://app.example:443/callback",
        "https://APP.example/callback",
        "HTTPS://app.example/callback"
      })
  void nearMatchIsNoMatch_AZ04(String uri) {
    isLocal(wire.authorize(app.request().with("redirect_uri", uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example/callback/../x",
        "https://app.example/callback/%2e%2e/x",
        "https://app.example/callback/%2E%2e/x",
        "https://app.example/callback/..;/x",
        "https://app.example/callback;a=b",
        "https://app.example/./callback"
      })
  void pathTricksAreNoMatch_AZ05(String uri) {
    isLocal(wire.authorize(app.request().with("redirect_uri", uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example\\@evil.example/callback",
        "https://app.example/callback\t",
        "https://app.example/callback\r\nX-Injected: yes",
        "https://app.example/callback\n",
        " https://app.example/callback",
        "https://app.example/callback ",
        "https:\uFF0F\uFF0Fapp.example/callback",
        "https://app.example/callback\u2028"
      })
  void charactersThatReadersDifferOnAreNoMatch_AZ07(String uri) {
    HttpResponse<String> response = wire.authorize(app.request().with("redirect_uri", uri));

    isLocal(response);
    assertThat(response.headers().map()).doesNotContainKey("x-injected");
  }

  @Test
  void nulInARedirectUriIsMalformed_AZ07() {
    String rest = app.request().without("redirect_uri").encoded();

    isLocal(
        wire.get("/authorize?" + rest + "&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?x=1", "?", "#x", "?code=stolen"})
  void queryThatIsNotRegisteredIsNoMatch_AZ08(String added) {
    isLocal(wire.authorize(app.request().with("redirect_uri", App.REDIRECT_URI + added)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.evil.example/cb",
        "http://127.0.0.1@evil.example/cb",
        "http://127.0.0.1:80@evil.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "http://127.0.0.1:99999/cb",
        "http://localhost:5000/cb",
        "http://127.0.0.1:5000/CB",
        "http://127.0.0.1:5000/cb?x=1",
        "https://127.0.0.1:5000/cb"
      })
  void onlyThePortOfALoopbackUriIsFree_AZ10_AZ11(String uri) {
    App nativeApp = App.register(proxy, "none", "http://127.0.0.1:4000/cb");

    isLocal(wire.authorize(nativeApp.request().with("redirect_uri", uri)));
  }

  @Test
  void redirectUriMayNotBeLeftOutOfSeveral_AZ13() {
    App two = App.register(proxy, "none", App.REDIRECT_URI, "https://app.example/other");

    isLocal(wire.authorize(two.request().without("redirect_uri")));
  }

  @Test
  void doubledClientOrRedirectUriSeesAPage_AZ14() {
    isLocal(wire.authorize(app.request().and("client_id", app.id())));
    isLocal(wire.authorize(app.request().and("client_id", "other")));
    isLocal(wire.authorize(app.request().and("redirect_uri", App.REDIRECT_URI)));
    isLocal(wire.authorize(app.request().and("redirect_uri", "https://evil.example/")));
  }

  @Test
  void ourOwnOriginIsNoRedirectUri_AZ35() {
    App nativeApp = App.register(proxy, "none", "http://localhost:4000/callback");
    String own = proxy.issuer + "/callback";

    isLocal(wire.authorize(nativeApp.request().with("redirect_uri", own)));
  }

  @Test
  void parametersAreTakenFromTheQueryAlone_AZ37() {
    Query request = app.request();

    HttpResponse<String> posted =
        wire.post("/authorize?" + request.encoded(), Wire.FORM, "client_id=" + app.id());

    assertThat(posted.statusCode()).isEqualTo(405);
    assertThat(posted.headers().firstValue("Allow")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%", "%2", "%c0%af", "%00", "%ff", "%ed%a0%80"})
  void malformedEncodingsAreRefused_AZ39(String value) {
    for (String name : new String[] {"client_id", "redirect_uri", "state", "scope", "unknown"}) {
      String rest = app.request().without(name).encoded();
      String answer = wire.rawGet("/authorize?" + rest + "&" + name + "=" + value);

      assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContainIgnoringCase("\r\nlocation:");
    }
  }

  @Test
  void unknownParameterIsLeftAlone_AZ39() {
    String answer = wire.rawGet("/authorize?" + app.request().encoded() + "&unknown=%7a");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0:b", "a:b\0", "\0"})
  void nulInCredentialsIsRefused_HP11(String credentials) {
    Query form = Query.of("grant_type", "refresh_token", "refresh_token", "a");

    assertThat(wire.token(form, "Authorization", Wire.basic(credentials)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void overlongRequestsAreRefused_AZ40() {
    String target = "/authorize?" + app.request().encoded();
    String many =
        IntStream.range(0, 1_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

    assertThat(wire.rawGet(target + "&x=" + "a".repeat(17_000))).startsWith("HTTP/1.1 414 ");
    assertThat(wire.rawGet(target + "&x=" + "a".repeat(65_536))).startsWith("HTTP/1.1 414 ");
    assertThat(wire.rawGet(target + "&" + many)).startsWith("HTTP/1.1 400 ");
  }
}
