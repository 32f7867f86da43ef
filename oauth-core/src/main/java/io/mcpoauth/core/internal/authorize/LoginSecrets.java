package io.mcpoauth.core.internal.authorize;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.secret.KeyPurpose;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The secrets of one login at one provider, derived from its id. A doubled approval (double click,
 * lost response) is therefore answered with the same redirect and cookie, and nothing of them is
 * stored (CN-08).
 *
 * @param state what the provider must give back: {@code <login id>.<proof>}
 * @param browserSecret what the browser must give back (UP-03)
 * @param codeVerifier proves to the provider that the code is ours (UP-08)
 * @param nonce must stand in the ID token (UP-08)
 */
record LoginSecrets(Secret state, Secret browserSecret, Secret codeVerifier, Secret nonce) {

  private static final int ID_LENGTH = 22;

  /** The secrets under the first key. */
  static LoginSecrets derive(KeyRing keys, String loginId, String providerId) {
    return all(keys, loginId, providerId).get(0);
  }

  /** The secrets to which that state belongs, under any key; empty when it is not ours. */
  static Optional<LoginSecrets> ofState(
      KeyRing keys, String loginId, String providerId, String state) {
    byte[] presented = state.getBytes(StandardCharsets.UTF_8);
    return all(keys, loginId, providerId).stream()
        .filter(
            secrets ->
                MessageDigest.isEqual(
                    secrets.state.expose().getBytes(StandardCharsets.UTF_8), presented))
        .findFirst();
  }

  /** The login id that a state names; empty when it has not the form of a state. */
  static Optional<String> loginIdOf(String state) {
    return state.length() > ID_LENGTH && state.charAt(ID_LENGTH) == '.'
        ? Optional.of(state.substring(0, ID_LENGTH))
        : Optional.empty();
  }

  CodeChallenge codeChallenge() {
    return CodeChallenge.ofVerifier(codeVerifier.expose());
  }

  private static List<LoginSecrets> all(KeyRing keys, String loginId, String providerId) {
    List<byte[]> states = keys.macs(KeyPurpose.LOGIN_SECRETS, "state", loginId, providerId);
    List<byte[]> browsers = keys.macs(KeyPurpose.LOGIN_SECRETS, "browser", loginId, providerId);
    List<byte[]> verifiers = keys.macs(KeyPurpose.LOGIN_SECRETS, "verifier", loginId, providerId);
    List<byte[]> nonces = keys.macs(KeyPurpose.LOGIN_SECRETS, "nonce", loginId, providerId);
    return IntStream.range(0, states.size())
        .mapToObj(
            i ->
                new LoginSecrets(
                    Secret.of(loginId + "." + encode(states.get(i))),
                    Secret.of(encode(browsers.get(i))),
                    Secret.of(encode(verifiers.get(i))),
                    Secret.of(encode(nonces.get(i)))))
        .toList();
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
