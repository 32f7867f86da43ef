package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserInfoTest {

  private static final String USERINFO = "/tenant/userinfo";

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void userinfoOfAnotherSubjectIsRefused_UP12() {
    quirks.userinfo.put("sub", "user-2");
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void userinfoWithoutSubjectIsRefused_UP12() {
    quirks.userinfo.remove("sub");
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void userinfoCompletesTheIdToken() {
    quirks.userinfo.put("email", "ada@example.com");
    quirks.userinfo.put("email_verified", true);
    quirks.userinfo.put("preferred_username", "ada");
    assertThat(user(quirks.signIn()))
        .isEqualTo(new User("user-1", "quirks", "ada@example.com", "ada"));
    assertThat(quirks.server.requestsTo(USERINFO).get(0).authorization())
        .isEqualTo("Bearer upstream-access");
  }

  @Test
  void idTokenGoesBeforeUserinfo() {
    quirks.claims.put("name", "Ada L.");
    quirks.claims.put("email", "a@example.com");
    quirks.claims.put("email_verified", "true");
    quirks.userinfo.put("name", "Somebody");
    quirks.userinfo.put("email", "b@example.com");
    quirks.userinfo.put("email_verified", true);
    assertThat(user(quirks.signIn()))
        .isEqualTo(new User("user-1", "quirks", "a@example.com", "Ada L."));
  }

  @Test
  void verificationInOneSourceDoesNotVouchForTheAddressInTheOther_UP14() {
    quirks.claims.put("email", "victim@example.com");
    quirks.userinfo.put("email_verified", true);
    assertThat(user(quirks.signIn()).email()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "a@example.com, false, none",
        "a@example.com, 1, none",
        "a@example.com, none, none",
        "a@example.com, \"false\", none",
        "a@example.com, \"true\", a@example.com",
        "not-an-address, true, none",
        "@example.com, true, none",
        "a b@example.com, true, none"
      })
  void unverifiedOrMalformedAddressIsNotUsed_UP14(
      String email, @Nullable String verified, @Nullable String expected) {
    quirks.server.json(
        USERINFO,
        "{\"sub\":\"user-1\",\"email\":\"%s\",\"email_verified\":%s}"
            .formatted(email, verified)
            .replace("none", "null"));
    assertThat(user(quirks.signIn()).email()).isEqualTo(expected);
  }

  @Test
  void nameWithControlCharactersIsNotUsed() {
    quirks.claims.put("name", "Ada\r\nX-Forwarded-User: admin");
    quirks.claims.put("preferred_username", "ada");
    assertThat(user(quirks.signIn()).name()).isEqualTo("ada");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void idTokenSufficesWhenTheAccessTokenIsForAnotherApi(int status) {
    quirks.server.on(USERINFO, QuirkServer.reply(status, "application/json", "{}"));
    assertThat(user(quirks.signIn()).id()).isEqualTo("user-1");
  }

  @Test
  void idTokenSufficesWithoutUserinfoEndpoint() {
    quirks.metadata.remove("userinfo_endpoint");
    assertThat(user(quirks.signIn()).id()).isEqualTo("user-1");
  }

  @Test
  void outageOfUserinfoIsAnOutage_UP17() {
    quirks.server.on(USERINFO, QuirkServer.reply(502, "text/html", "<h1>"));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Unavailable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"sub":"s"}             | s
          {"sub":"s","id":7}      | s
          {"id":7}                | 7
          {"id":12345678901234567890} | 12345678901234567890
          {"id":"seven"}          | seven
          """)
  void plainOAuthUserIsKnownBySubjectOrId(String profile, String expected) {
    quirks.server.json(USERINFO, profile);
    assertThat(user(plainSignIn()).id()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"sub\":\"\"}",
        "{\"id\":true}",
        "{\"id\":null}",
        "{\"id\":1.5}",
        "{\"login\":\"ada\"}",
        "[]",
        "<html>",
        "{\"sub\":\"a\",\"sub\":\"b\"}"
      })
  void userWithoutStableSubjectIsRefused_UP16(String profile) {
    quirks.server.json(USERINFO, profile);
    assertThat(plainSignIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void plainOAuthWithoutUserinfoIsRefused_UP16() {
    quirks.metadata.remove("userinfo_endpoint");
    assertThat(plainSignIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void plainOAuthUserinfoThatRefusesTheTokenIsARejection() {
    quirks.server.on(USERINFO, QuirkServer.reply(401, "application/json", "{\"sub\":\"x\"}"));
    assertThat(plainSignIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  private SignInAnswer plainSignIn() {
    ProviderSettings settings = quirks.settings().scopes(Scopes.of("profile")).build();
    return quirks.provider(settings).finish(OpenIdQuirks.callback("code=c"));
  }

  private static User user(SignInAnswer answer) {
    assertThat(answer).isInstanceOf(SignInAnswer.SignedIn.class);
    return ((SignInAnswer.SignedIn) answer).user();
  }
}
