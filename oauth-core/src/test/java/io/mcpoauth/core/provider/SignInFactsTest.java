package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a plug-in that logs what it is given writes into the log. */
class SignInFactsTest {

  @Test
  void neitherStateNorNonceIsPrinted_LG01() {
    assertThat(OpenIdQuirks.request().toString())
        .contains("callback")
        .doesNotContain(OpenIdQuirks.request().state())
        .doesNotContain(OpenIdQuirks.request().nonce());
    assertThat(OpenIdQuirks.callback("code=the-code&state=the-state").toString())
        .contains("state")
        .doesNotContain("the-code", "the-state", OpenIdQuirks.request().nonce());
  }
}
