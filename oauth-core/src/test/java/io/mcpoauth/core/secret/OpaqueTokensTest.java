package io.mcpoauth.core.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.internal.secret.OpaqueToken;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaqueTokensTest {

  private static final SecretSource RANDOM = SecretSource.system();

  private final OpaqueTokens tokens = tokens(1);
  private final OpaqueToken token = tokens.mint(RANDOM.identifier(), RANDOM);

  private static OpaqueTokens tokens(int... keys) {
    return new OpaqueTokens(TestKeys.ring(keys), "mcpr_");
  }

  @Test
  void tokenIsRecognised_CR10() {
    OpaqueToken parsed = tokens.parse(token.expose()).orElseThrow();

    assertThat(parsed.id()).isEqualTo(token.id());
    assertThat(parsed.hash().matches(token.hash())).isTrue();
    assertThat(token.expose()).startsWith("mcpr_" + token.id() + ".");
    assertThat(token.toString()).doesNotContain(token.expose());
  }

  @Test
  void anyFlippedCharacterMakesAForgery_TC13() {
    String text = token.expose();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'A' ? 'B' : 'A';
      String flipped = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(tokens.parse(flipped)).as("character " + i).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mcpr_",
        "mcpr_AAAAAAAAAAAAAAAAAAAAAA.",
        "mcpr_AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void inventedTokenIsAForgery_TR12(String text) {
    assertThat(tokens.parse(text)).isEmpty();
  }

  @Test
  void textAroundATokenMakesItNone_TC13() {
    String text = token.expose();
    for (String other :
        new String[] {text + "\n", " " + text, text + text, text + "=", "x" + text}) {
      assertThat(tokens.parse(other)).isEmpty();
    }
  }

  @Test
  void otherKindsAndKeysDoNotRecogniseIt_CR08() {
    OpaqueTokens codes = new OpaqueTokens(TestKeys.ring(1), "mcpc_");

    assertThat(codes.parse(token.expose())).isEmpty();
    assertThat(codes.parse(token.expose().replace("mcpr_", "mcpc_"))).isEmpty();
    assertThat(tokens(2).parse(token.expose())).isEmpty();
    assertThat(tokens(2, 1).parse(token.expose())).isPresent();
  }

  @Test
  void successorIsTheSameEachTimeAndGenuine_TR03() {
    OpaqueToken successor = tokens.successorOf(token);

    assertThat(tokens.successorOf(token).expose()).isEqualTo(successor.expose());
    assertThat(successor.id()).isEqualTo(token.id());
    assertThat(successor.expose()).isNotEqualTo(token.expose());
    assertThat(tokens.parse(successor.expose())).isPresent();
    assertThat(tokens.successorOf(successor).expose()).isNotEqualTo(successor.expose());
  }

  @Test
  void successorsOfTwoTokensOfOneGrantDiffer() {
    OpaqueToken other = tokens.mint(token.id(), RANDOM);

    assertThat(tokens.successorOf(other).expose()).isNotEqualTo(tokens.successorOf(token).expose());
  }

  @Test
  void successorIsFoundAgainAcrossAChangeOfKeys_TR03_CR06() {
    OpaqueToken byOldKey = tokens.successorOf(token);
    OpaqueToken byNewKey = tokens(2, 1).successorOf(token);

    assertThat(byNewKey.expose()).isNotEqualTo(byOldKey.expose());
    assertThat(tokens(2, 1).successorOf(token, byOldKey.hash(), 1))
        .map(OpaqueToken::expose)
        .contains(byOldKey.expose());
    assertThat(tokens(1, 2).successorOf(token, byNewKey.hash(), 1))
        .map(OpaqueToken::expose)
        .contains(byNewKey.expose());
  }

  @Test
  void tenthSuccessorIsFoundWhicheverKeysMadeTheOnesBetween_TR03_CR06() {
    OpaqueToken last = token;
    for (int i = 0; i < 10; i++) {
      last = (i % 2 == 0 ? tokens(2, 1) : tokens(1, 2)).successorOf(last);
    }

    for (OpaqueTokens either : List.of(tokens(1, 2), tokens(2, 1))) {
      assertThat(either.successorOf(token, last.hash(), 10))
          .map(OpaqueToken::expose)
          .contains(last.expose());
    }
  }

  @Test
  void hashOfNoSuccessorIsNotFound() {
    assertThat(tokens.successorOf(token, token.hash(), 3)).isEmpty();
    assertThat(tokens(2).successorOf(token, tokens.successorOf(token).hash(), 3)).isEmpty();
  }
}
