package io.mcpoauth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mcpoauth.core.model.User;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {

  private static final AccessPolicy CORP = AccessPolicy.of(List.of(), List.of("Corp.com"));
  private static final AccessPolicy ADA = AccessPolicy.of(List.of("Ada@Example.org"), List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {"a@corp.com", "a@CORP.COM", "a.b+c@Corp.com", "'o''neill'@corp.com", "%@corp.com"})
  void exactDomainPasses_UP15(String email) {
    assertThat(CORP.permits(user(email))).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "@corp.com",
        "a",
        "a@",
        "a@b@corp.com",
        "a@evil.com@corp.com",
        "a@corp.com.evil",
        "a@corp.com@evil.com",
        "a@evilcorp.com",
        "a@sub.corp.com",
        "a@corp.com.",
        "a@.corp.com",
        "a@corp..com",
        "a@corp.com ",
        " a@corp.com",
        "a@corp.com\n",
        "a@evil.com\n@corp.com",
        "a@corp.com\u0000",
        "a@corp.com,b@evil.com",
        "\"a@evil.com\"@corp.com",
        "<a@corp.com>",
        "a@evil.com>@corp.com",
        "a@corp。com",
        "a@сorp.com",
        "a@cor\u200bp.com",
        "a@corp.co\u017f",
        "\u212a@corp.com",
        "a@[corp.com]",
        "a@evil.com(@corp.com)"
      })
  void anythingElseDoesNot_UP15(@Nullable String email) {
    assertThat(CORP.permits(user(email))).isFalse();
  }

  @Test
  void foldingDoesNotTurnOtherLettersIntoAscii_UP15() {
    AccessPolicy kelvin = AccessPolicy.of(List.of(), List.of("kelvin.com"));
    assertThat(kelvin.permits(user("a@\u212aelvin.com"))).isFalse();
    assertThat(kelvin.permits(user("a@KELVIN.com"))).isTrue();
  }

  @Test
  void listedAddressPasses_P12() {
    assertThat(ADA.permits(user("ada@example.org"))).isTrue();
    assertThat(ADA.permits(user("bob@example.org"))).isFalse();
    assertThat(ADA.permits(user(null))).isFalse();
  }

  @Test
  void addressOrDomainIsEnough_P12() {
    AccessPolicy both = AccessPolicy.of(List.of("ada@example.org"), List.of("corp.com"));
    assertThat(both.permits(user("ada@example.org"))).isTrue();
    assertThat(both.permits(user("bob@corp.com"))).isTrue();
    assertThat(both.permits(user("bob@example.org"))).isFalse();
  }

  @Test
  void withoutRulesEverybodyPasses() {
    assertThat(AccessPolicy.everybody().permits(user(null))).isTrue();
    assertThat(AccessPolicy.of(List.of(), List.of()).permits(user(null))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "corp", "*.corp.com", "@corp.com", "corp.com.", "bücher.example", "a b.c"})
  void rulesThatCannotMeanADomainAreRefused_UP15(String domain) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessPolicy.of(List.of(), List.of(domain)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "ada@corp", "a@b@corp.com", "\"a\"@corp.com"})
  void rulesThatCannotMeanAnAddressAreRefused_UP15(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessPolicy.of(List.of(address), List.of()));
  }

  private static User user(@Nullable String email) {
    return new User("idp:1", "idp", email, "Somebody");
  }
}
