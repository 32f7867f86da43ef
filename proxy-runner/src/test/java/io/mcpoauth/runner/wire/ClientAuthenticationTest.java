package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How clients authenticate. The requests name a code that there is not: whoever gets as far as
 * {@code invalid_grant} was authenticated.
 */
class ClientAuthenticationTest extends WireTest {

  private final App open = App.register(proxy);
  private final App basic = App.register(proxy, "client_secret_basic", App.REDIRECT_URI);
  private final App post = App.register(proxy, "client_secret_post", App.REDIRECT_URI);

  ClientAuthenticationTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void publicClientHasNoSecret_CA01() {
    isInvalidGrant(wire.token(form(open)));
    isInvalidClient(wire.token(form(open).with("client_secret", "any")));
    isInvalidClient(withBasic(open.id() + ":any"));
    isInvalidClient(withBasic(open.id() + ":"));
  }

  @Test
  void confidentialClientNeedsItsWholeSecret_CA02() {
    isInvalidGrant(withBasic(basic.id() + ":" + basic.secret()));
    isInvalidGrant(wire.token(form(post).with("client_secret", post.secret())));
    for (String wrong :
        List.of(
            "",
            "wrong",
            post.secret().substring(1),
            post.secret() + "x",
            post.secret().toUpperCase(Locale.ROOT),
            "x".repeat(60_000))) {
      isInvalidClient(wire.token(form(post).with("client_secret", wrong)));
    }
    isInvalidClient(wire.token(form(post)));
    isInvalidClient(withBasic(basic.id() + ":"));
    isInvalidClient(withBasic(basic.id() + ":" + post.secret()));
    isInvalidClient(wire.token(form(post).without("client_id")));
  }

  @Test
  void credentialsComeInOneWayOnly_CA04() {
    String header = Wire.basic(basic.id() + ":" + basic.secret());
    Query form = form(basic);

    isRefused(
        400,
        "invalid_request",
        wire.token(form.with("client_secret", basic.secret()), "Authorization", header));
    isRefused(
        400,
        "invalid_request",
        wire.token(form.with("client_id", post.id()), "Authorization", header));
    isRefused(
        400,
        "invalid_request",
        wire.token(form.and("client_id", basic.id()), "Authorization", header));
    isInvalidGrant(wire.token(form.without("client_id"), "Authorization", header));
    isInvalidGrant(wire.token(form, "Authorization", header));
  }

  @Test
  void twoAuthorizationHeadersAreNeverNone_CA04() {
    String header = Wire.basic(basic.id() + ":" + basic.secret());

    for (Query form :
        List.of(form(basic), form(open), form(post).with("client_secret", post.secret()))) {
      for (String other : List.of(header, "Bearer x", "x")) {
        isInvalidClient(wire.token(form, "Authorization", header, "Authorization", other));
      }
    }
  }

  @Test
  void basicCredentialsAreFormEncoded_CA05() {
    String encodedId = percentEncoded(basic.id());
    String encodedSecret = percentEncoded(basic.secret());

    isInvalidGrant(withBasic(encodedId + ":" + encodedSecret));
    isInvalidGrant(
        wire.token(
            form(basic).without("client_id"),
            "Authorization",
            Wire.basic(basic.id() + ":" + basic.secret()).replace("Basic", "bAsIC")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YQ",
        "Basic YWI=YWI=",
        "Basic Og==",
        "Basic OnNlY3JldA==",
        "Basic bm9jb2xvbg==",
        "Basic /////w==",
        "Basic YTolenk=",
        "Bearer x",
        "Digest x",
        "x"
      })
  void malformedCredentialsAreRefusedAndDoNoHarm_CA05(String header) {
    isInvalidClient(wire.token(form(basic).without("client_id"), "Authorization", header));
  }

  @Test
  void onlyTheRegisteredMethodIsGood_CA06() {
    isInvalidClient(withBasic(post.id() + ":" + post.secret()));
    isInvalidClient(wire.token(form(basic).with("client_secret", basic.secret())));
    isInvalidClient(wire.token(form(basic)));
  }

  @Test
  void unknownClientIsAnsweredLikeAWrongSecret_CA07() {
    HttpResponse<String> wrong = wire.token(form(post).with("client_secret", "wrong"));
    HttpResponse<String> unknown =
        wire.token(form(post).with("client_secret", "wrong").with("client_id", "unknown"));

    assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
  }

  @Test
  void everyRefusalOfAClientHasAChallenge_CA02() {
    Query none = Query.of("token", "x");
    for (HttpResponse<String> refused :
        List.of(
            withBasic(basic.id() + ":wrong"),
            wire.token(form(basic), "Authorization", "Basic"),
            wire.token(form(basic), "Authorization", "Bearer x"),
            wire.token(form(post)),
            wire.revoke(none),
            wire.post("/introspect", Wire.FORM, none.encoded()))) {
      isInvalidClient(refused);
      assertThat(refused.headers().allValues("WWW-Authenticate"))
          .containsExactly("Basic realm=\"token\"");
    }
  }

  @Test
  void databaseHoldsNoSecret_CA08_MCP47() {
    String rows =
        proxy.database.text(
            "select string_agg(c::text, ' ') from mcp_oauth.clients c where id in ('"
                + basic.id()
                + "', '"
                + post.id()
                + "')");

    assertThat(rows)
        .contains(basic.id(), post.id())
        .doesNotContain(basic.secret(), post.secret())
        .doesNotContain(hex(basic.secret()), hex(post.secret()));
  }

  private static Query form(App client) {
    return client.exchange("mcpc_there.is-none");
  }

  private HttpResponse<String> withBasic(String credentials) {
    return wire.token(form(basic).without("client_id"), "Authorization", Wire.basic(credentials));
  }

  private static void isInvalidClient(HttpResponse<String> response) {
    isRefused(401, "invalid_client", response);
  }

  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder();
    text.chars().forEach(c -> encoded.append('%').append(Integer.toHexString(c)));
    return encoded.toString();
  }

  private static String hex(String base64url) {
    return java.util.HexFormat.of().formatHex(Base64.getUrlDecoder().decode(base64url));
  }
}
