package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_denied", "consent_required", "login_required"})
  void noOfTheUserIsADenial_UP05(String error) {
    assertThat(finish("error=" + error)).isInstanceOf(SignInAnswer.Denied.class);
    assertThat(quirks.server.requestsTo("/tenant/token")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server_error", "temporarily_unavailable"})
  void troubleOfTheProviderIsAnOutage_UP05(String error) {
    assertThat(finish("error=" + error)).isInstanceOf(SignInAnswer.Unavailable.class);
  }

  @Test
  void anyOtherErrorIsARejectionThatNamesIt_UP05() {
    assertThat(finish("error=invalid_scope&error_description=secret-text"))
        .isEqualTo(new SignInAnswer.Rejected("the authorization endpoint answered invalid_scope"));
  }

  @Test
  void errorThatIsNoErrorCodeIsNotRepeated_UP06() {
    assertThat(finish("error=%3Cscript%3E%0D%0A"))
        .isEqualTo(
            new SignInAnswer.Rejected("the authorization endpoint answered an unreadable error"));
  }

  @Test
  void responseOfAnotherIssuerIsRefusedBeforeTheCodeIsSpent_UP07() {
    assertThat(finish("code=c&iss=https%3A%2F%2Fevil.example"))
        .isInstanceOf(SignInAnswer.WrongIssuer.class);
    assertThat(quirks.server.requestsTo("/tenant/token")).isEmpty();
  }

  @Test
  void errorOfAnotherIssuerIsRefused_UP07() {
    assertThat(finish("error=access_denied&iss=https%3A%2F%2Fevil.example"))
        .isInstanceOf(SignInAnswer.WrongIssuer.class);
  }

  @Test
  void responseOfTheIssuerIsAccepted_UP07() {
    assertThat(finish("code=c&iss=" + FormData.encode(quirks.issuer)))
        .isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void issuerMustBeNamedWhenTheProviderSaysThatItDoes_UP07() {
    quirks.metadata.put("authorization_response_iss_parameter_supported", true);
    assertThat(finish("code=c")).isInstanceOf(SignInAnswer.WrongIssuer.class);
    assertThat(finish("code=c&iss=" + FormData.encode(quirks.issuer)))
        .isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "code=", "code=a&code=b", "code=a&iss=x&iss=y"})
  void responseWithoutExactlyOneCodeIsRejected(String query) {
    assertThat(finish(query)).isInstanceOf(SignInAnswer.Rejected.class);
    assertThat(quirks.server.requestsTo("/tenant/token")).isEmpty();
  }

  private SignInAnswer finish(String query) {
    return quirks.provider().finish(OpenIdQuirks.callback(query));
  }
}
