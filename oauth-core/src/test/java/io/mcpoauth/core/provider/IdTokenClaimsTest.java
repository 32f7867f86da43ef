package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.util.List;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenClaimsTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void soundTokenSignsIn() {
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void anotherIssuerIsRefused_UP10() {
    quirks.claims.put("iss", "https://evil.example");
    assertRejected("iss");
  }

  @Test
  void missingIssuerIsRefused_UP10() {
    quirks.claims.remove("iss");
    assertRejected("iss missing");
  }

  @Test
  void anotherAudienceIsRefused_UP10() {
    quirks.claims.put("aud", List.of("another-client"));
    assertRejected("aud");
  }

  @Test
  void missingAudienceIsRefused_UP10() {
    quirks.claims.remove("aud");
    assertRejected("aud missing");
  }

  @Test
  void malformedAudienceIsRefused_UP10() {
    quirks.claims.put("aud", 7);
    assertRejected("malformed");
  }

  @Test
  void anotherAuthorizedPartyIsRefused_UP10() {
    quirks.claims.put("azp", "another-client");
    assertRejected("another client");
  }

  @Test
  void severalAudiencesWithoutAuthorizedPartyAreRefused_UP10() {
    quirks.claims.put("aud", List.of(OpenIdQuirks.CLIENT_ID, "another-client"));
    assertRejected("another client");
  }

  @Test
  void severalAudiencesWithUsAsAuthorizedPartySignIn() {
    quirks.claims.put("aud", List.of(OpenIdQuirks.CLIENT_ID, "another-client"));
    quirks.claims.put("azp", OpenIdQuirks.CLIENT_ID);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void expiredTokenIsRefusedAfterAMinuteOfGrace_UP10() {
    quirks.claims.put("iat", now() - 300);
    quirks.claims.put("exp", now() - 59);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.claims.put("exp", now() - 60);
    assertRejected("expired");
  }

  @Test
  void tokenWithoutExpiryIsRefused_UP10() {
    quirks.claims.remove("exp");
    assertRejected("exp missing");
  }

  @Test
  void tokenOfTheFutureIsRefusedBeyondAMinute_UP10() {
    quirks.claims.put("nbf", now() + 60);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.claims.put("nbf", now() + 61);
    assertRejected("nbf");
  }

  @Test
  void tokenIssuedInTheFutureIsRefusedBeyondAMinute_UP10() {
    quirks.claims.put("iat", now() + 60);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.claims.put("iat", now() + 61);
    assertRejected("iat");
  }

  @Test
  void tokenWithoutIssueTimeIsRefused_UP10() {
    quirks.claims.remove("iat");
    assertRejected("iat missing");
  }

  @Test
  void anotherNonceIsRefused_UP10() {
    quirks.claims.put("nonce", "of another sign-in");
    assertRejected("nonce");
  }

  @Test
  void missingNonceIsRefused_UP09_UP10() {
    quirks.claims.remove("nonce");
    assertRejected("nonce");
  }

  @Test
  void missingSubjectIsRefused_UP16() {
    quirks.claims.remove("sub");
    assertRejected("sub missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb"})
  void unusableSubjectIsRefused_UP16(String subject) {
    quirks.claims.put("sub", subject);
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void memberThatStandsTwiceInTheClaimsIsRefused_UP10() {
    String json = JsonUtil.toJson(quirks.claims);
    String doubled = json.substring(0, json.length() - 1) + ",\"sub\":\"admin\"}";
    quirks.sendIdToken(quirks.signed(OpenIdQuirks.KEY.getPrivateKey(), doubled));
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void openIdProviderWithoutIdTokenIsRefused_UP09() {
    quirks.server.json("/tenant/token", JsonUtil.toJson(quirks.tokens));
    assertRejected("no ID token");
  }

  private void assertRejected(String cause) {
    assertThat(quirks.signIn())
        .isInstanceOfSatisfying(
            SignInAnswer.Rejected.class, answer -> assertThat(answer.cause()).contains(cause));
  }

  private long now() {
    return quirks.clock.instant().getEpochSecond();
  }
}
