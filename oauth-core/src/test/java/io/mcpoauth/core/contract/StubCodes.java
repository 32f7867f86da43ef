package io.mcpoauth.core.contract;

import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The authorization codes of a stand-in: good once, and for the verifier of their sign-in alone.
 */
public final class StubCodes {

  private final Map<String, Issued> codes = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * What a code was issued for.
   *
   * @param nonce of the authorization request; null when it had none
   */
  public record Issued(String user, CodeChallenge challenge, @Nullable String nonce) {}

  /** What the browser brings back when that user approved. */
  public Parameters approve(URI location, String user) {
    Parameters request = Parameters.parse(location.getRawQuery()).orElseThrow();
    CodeChallenge challenge =
        Optional.ofNullable(request.get("code_challenge"))
            .flatMap(CodeChallenge::parse)
            .orElseThrow(() -> new AssertionError("no code_challenge (UP-08)"));
    if (!"S256".equals(request.get("code_challenge_method"))) {
      throw new AssertionError("code_challenge_method is not S256 (UP-08)");
    }
    String code = "code-" + count.incrementAndGet();
    codes.put(code, new Issued(user, challenge, request.get("nonce")));
    return parameters("code=" + code, request);
  }

  /** What the browser brings back when the user said no. */
  public Parameters decline(URI location) {
    return parameters(
        "error=access_denied", Parameters.parse(location.getRawQuery()).orElseThrow());
  }

  /** Spends the code; empty when it is unknown, spent or of another sign-in. */
  public Optional<Issued> redeem(@Nullable String code, @Nullable String verifier) {
    Issued issued = code == null ? null : codes.remove(code);
    return Optional.ofNullable(issued)
        .filter(
            known ->
                verifier != null && CodeChallenge.ofVerifier(verifier).equals(known.challenge()));
  }

  private static Parameters parameters(String answer, Parameters request) {
    String state = URLEncoder.encode(String.valueOf(request.get("state")), StandardCharsets.UTF_8);
    return Parameters.parse(answer + "&state=" + state).orElseThrow();
  }
}
