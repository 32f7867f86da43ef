package io.mcpoauth.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.OfferReturn;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenOutcome.Refused;

/** What a step is expected to end with. */
final class Outcomes {

  private Outcomes() {}

  static ConsentPage consentPage(AuthorizeOutcome outcome) {
    assertThat(outcome).isInstanceOf(AskConsent.class);
    return ((AskConsent) outcome).page();
  }

  static ToProvider toProvider(AuthorizeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ToProvider.class);
    return (ToProvider) outcome;
  }

  /** The whole URL that leads back to the client, by a redirect or a link. */
  static String location(AuthorizeOutcome outcome) {
    if (outcome instanceof OfferReturn offer) {
      return offer.location().expose();
    }
    assertThat(outcome).isInstanceOf(ToClient.class);
    return ((ToClient) outcome).location().expose();
  }

  /** The parameters of the URL that leads back to the client, of which none stands twice. */
  static Parameters response(AuthorizeOutcome outcome) {
    String location = location(outcome);
    Parameters parameters =
        Parameters.parse(location.substring(location.indexOf('?') + 1)).orElseThrow();
    for (String name : new String[] {"code", "error", "error_description", "state", "iss"}) {
      assertThat(parameters.isRepeated(name)).as(name).isFalse();
    }
    return parameters;
  }

  static String code(AuthorizeOutcome outcome) {
    String code = response(outcome).get("code");
    assertThat(code).isNotNull();
    return code == null ? "" : code;
  }

  static void goesBackWith(ErrorCode error, AuthorizeOutcome outcome) {
    Parameters response = response(outcome);
    assertThat(response.get("error")).isEqualTo(error.wireName());
    assertThat(response.get("iss")).isEqualTo(Flow.ISSUER);
    assertThat(response.get("code")).isNull();
  }

  static void staysHere(ErrorPage.Kind kind, AuthorizeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ErrorPage.class);
    assertThat(((ErrorPage) outcome).kind()).isEqualTo(kind);
  }

  static Issued issued(TokenOutcome outcome) {
    assertThat(outcome).isInstanceOf(Issued.class);
    return (Issued) outcome;
  }

  static String refreshToken(TokenOutcome outcome) {
    Secret refreshToken = issued(outcome).refreshToken();
    assertThat(refreshToken).isNotNull();
    return refreshToken == null ? "" : refreshToken.expose();
  }

  static void refused(ErrorCode error, TokenOutcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(((Refused) outcome).error().code()).isEqualTo(error);
  }
}
