package io.mcpoauth.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeChallengeTest {

  /** The example of RFC 7636 appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  @Test
  void challengeIsTheHashOfItsVerifier() {
    assertThat(CodeChallenge.ofVerifier(VERIFIER).value()).isEqualTo(CHALLENGE);
    assertThat(CodeChallenge.parse(CHALLENGE).orElseThrow().isAnsweredBy(VERIFIER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw~cM",
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\n"
      })
  void whatIsNoS256IsNoChallenge_AZ22(String text) {
    assertThat(CodeChallenge.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjX",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk=",
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n",
        "dBjftJeZ4CVP mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "äBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
      })
  void malformedVerifierAnswersNothing_TC07(String text) {
    assertThat(CodeChallenge.isVerifier(text)).isFalse();
    assertThat(CodeChallenge.parse(CHALLENGE).orElseThrow().isAnsweredBy(text)).isFalse();
  }

  @Test
  void verifierHas43To128Characters_TC07() {
    assertThat(CodeChallenge.isVerifier("~".repeat(43))).isTrue();
    assertThat(CodeChallenge.isVerifier("~".repeat(128))).isTrue();
    assertThat(CodeChallenge.isVerifier("~".repeat(129))).isFalse();
  }

  @Test
  void plainVerifierIsNoAnswer_AZ20() {
    assertThat(CodeChallenge.parse(CHALLENGE).orElseThrow().isAnsweredBy(CHALLENGE)).isFalse();
  }
}
