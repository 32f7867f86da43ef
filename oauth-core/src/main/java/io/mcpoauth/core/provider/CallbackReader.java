package io.mcpoauth.core.provider;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.util.List;
import java.util.function.Predicate;

/** Reads the authorization response that the browser brought back (RFC 6749 section 4.1.2). */
final class CallbackReader {

  private static final List<String> SINGLE = List.of("code", "error", "iss");

  private CallbackReader() {}

  /**
   * The code in it.
   *
   * @param isIssuer whether the response may name this issuer, if it names any (RFC 9207, UP-07)
   * @param issuerRequired whether the provider says that it always names it
   */
  static Step<Secret> read(
      Parameters parameters, Predicate<String> isIssuer, boolean issuerRequired) {
    if (parameters.isAnyRepeated(SINGLE)) {
      return Step.rejected("a parameter of the authorization response stands twice");
    }
    String named = parameters.get("iss");
    if (named == null ? issuerRequired : !isIssuer.test(named)) {
      return new Step.End<>(new SignInAnswer.WrongIssuer());
    }
    ProviderError error = ProviderError.of(parameters.get("error"));
    if (error != null) {
      return new Step.End<>(ended(error));
    }
    String code = parameters.get("code");
    return code == null
        ? Step.rejected("the authorization response has neither code nor error")
        : new Step.Next<>(Secret.of(code));
  }

  private static SignInAnswer ended(ProviderError error) {
    if (error.isDenial()) {
      return new SignInAnswer.Denied();
    }
    String cause = "the authorization endpoint answered " + error.code();
    return error.isOutage()
        ? new SignInAnswer.Unavailable(cause)
        : new SignInAnswer.Rejected(cause);
  }
}
