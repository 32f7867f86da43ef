package io.mcpoauth.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.RevokeAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@code IdentityProvider} must do. A plug-in's test extends this class and says how to
 * reach a stand-in for what the plug-in talks to.
 */
public abstract class IdentityProviderContract {

  private static final URI REDIRECT_URI = URI.create("https://proxy.example/callback/x");

  private ProviderUnderTest subject;

  /** A provider with a stand-in of its own, where everything works. */
  protected abstract ProviderUnderTest open();

  /** Whether the ids of users lack the provider's id, as only the first of several may. */
  protected boolean hasBareUserIds() {
    return false;
  }

  /** Whether a sign-in comes with a refresh token. */
  protected boolean givesRefreshTokens() {
    return true;
  }

  @BeforeEach
  void openSubject() {
    subject = open();
  }

  @AfterEach
  void closeSubject() {
    subject.close();
  }

  @Test
  void idFitsIntoUrlsAndTheNameOntoAButton() {
    assertThat(subject.provider().id()).matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    assertThat(subject.provider().displayName()).isNotBlank().hasSizeLessThan(60);
  }

  @Test
  void browserIsSentAwaySafelyWithTheStateAndWithoutTheVerifier_UP08() {
    URI location = start(1);

    assertThat(location.getScheme().equals("https") || isLoopback(location)).isTrue();
    Parameters sent = Parameters.parse(location.getRawQuery()).orElseThrow();
    assertThat(sent.get("state")).isEqualTo("state 1");
    assertThat(sent.get("redirect_uri")).isEqualTo(REDIRECT_URI.toString());
    assertThat(location.toString()).doesNotContain(verifier(1));
  }

  @Test
  void userWhoApprovesIsSignedIn() {
    SignInAnswer.SignedIn answer = signIn("ada");

    User user = answer.user();
    assertThat(user.provider()).isEqualTo(subject.provider().id());
    assertThat(user.id().startsWith(user.provider() + ":")).isEqualTo(!hasBareUserIds());
    assertThat(answer.tokens().accessToken().expose()).matches("[!-~]+");
    assertThat(answer.toString()).doesNotContain(answer.tokens().accessToken().expose());
    assertThat(answer.tokens().refreshToken() != null)
        .as("a refresh token came with the sign-in")
        .isEqualTo(givesRefreshTokens());
  }

  @Test
  void userHasOneIdForEverAndNobodyElseHasIt_UP14() {
    String ada = signIn("ada").user().id();

    assertThat(signIn("ada").user().id()).isEqualTo(ada);
    assertThat(signIn("bob").user().id()).isNotEqualTo(ada);
  }

  @Test
  void userWhoSaysNoIsDenied_UP05() {
    Parameters callback = subject.decline(start(1));

    assertThat(finish(callback, 1)).isInstanceOf(SignInAnswer.Denied.class);
  }

  @Test
  void codeOfAnotherSignInIsRefused_UP09() {
    Parameters stolen = subject.approve(start(1), "ada");

    assertThat(finish(stolen, 2)).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @Test
  void codeIsGoodOnce() {
    Parameters callback = subject.approve(start(1), "ada");

    assertThat(finish(callback, 1)).isInstanceOf(SignInAnswer.SignedIn.class);
    assertThat(finish(callback, 1)).isInstanceOf(SignInAnswer.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "code=",
        "code=unknown",
        "code=a&code=b",
        "code=%0d%0aX:y",
        "error=%3Cscript%3E&error_description=canary7391",
        "error=invalid_request&error_uri=canary7391",
        "iss=https%3A%2F%2Fevil.example&code=canary7391"
      })
  void anythingElseThatComesBackSignsNobodyInAndIsNotRepeated_UP06(String query) {
    SignInAnswer answer = finish(Parameters.parse(query).orElseThrow(), 1);

    assertThat(answer)
        .isInstanceOfAny(
            SignInAnswer.Rejected.class,
            SignInAnswer.WrongIssuer.class,
            SignInAnswer.Unavailable.class);
    assertThat(answer.toString()).doesNotContain("canary7391", "<script>", "\r", "\n");
  }

  @Test
  void providerThatIsDownIsUnavailable_UP17() {
    Parameters callback = subject.approve(start(1), "ada");
    UpstreamTokens tokens = refreshable();
    subject.goDown();

    assertThat(finish(callback, 1)).isInstanceOf(SignInAnswer.Unavailable.class);
    assertThat(subject.provider().refresh(tokens)).isInstanceOf(RefreshAnswer.Unavailable.class);
  }

  @Test
  @Timeout(25)
  void providerThatHangsIsGivenUpWithinTenSeconds_UP17() {
    Parameters callback = subject.approve(start(1), "ada");
    UpstreamTokens tokens = refreshable();
    subject.hang();
    long begin = System.nanoTime();

    assertThat(finish(callback, 1)).isInstanceOf(SignInAnswer.Unavailable.class);
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(11));
    long refresh = System.nanoTime();
    assertThat(subject.provider().refresh(tokens)).isInstanceOf(RefreshAnswer.Unavailable.class);
    assertThat(System.nanoTime() - refresh).isLessThan(TimeUnit.SECONDS.toNanos(9));
  }

  @Test
  void refreshGivesNewTokensOfTheSameUser() {
    assumeTrue(givesRefreshTokens(), "a plug-in without refresh tokens");
    SignInAnswer.SignedIn before = signIn("ada");
    RefreshAnswer.Refreshed after = refreshed(before.tokens());

    assertThat(after.tokens().refreshToken()).as("kept or replaced").isNotNull();
    User user = after.user();
    assertThat(user == null ? before.user().id() : user.id()).isEqualTo(before.user().id());
    refreshed(after.tokens());
  }

  @Test
  void endedGrantIsDead_UP22() {
    UpstreamTokens tokens = refreshable();
    subject.endGrants();

    assertThat(subject.provider().refresh(tokens)).isInstanceOf(RefreshAnswer.GrantDead.class);
  }

  @Test
  void withoutARefreshTokenTheGrantIsDead() {
    UpstreamTokens tokens = new UpstreamTokens(Secret.of("access"), null, null);

    assertThat(subject.provider().refresh(tokens)).isInstanceOf(RefreshAnswer.GrantDead.class);
  }

  @Test
  void operatorIsToldWhatWasFoundWhateverStateTheProviderIsIn() {
    assertThat(examine()).isNotEmpty();
    subject.goDown();

    assertThat(examine())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.text()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void tokensThatWereGivenBackAreWorthNothing() {
    UpstreamTokens tokens = refreshable();

    RevokeAnswer answer = subject.provider().revoke(tokens);

    assertThat(answer).isInstanceOfAny(RevokeAnswer.Revoked.class, RevokeAnswer.NotOffered.class);
    if (answer instanceof RevokeAnswer.Revoked) {
      assertThat(subject.provider().refresh(tokens)).isInstanceOf(RefreshAnswer.GrantDead.class);
    }
  }

  @Test
  void tokensThatCannotBeGivenBackDoNoHarm() {
    UpstreamTokens tokens = refreshable();
    subject.goDown();

    RevokeAnswer answer = subject.provider().revoke(tokens);

    assertThat(answer)
        .isInstanceOfAny(RevokeAnswer.Unavailable.class, RevokeAnswer.NotOffered.class);
    assertThat(answer.toString()).doesNotContain(tokens.accessToken().expose());
  }

  @Test
  void manySignInsAtOnceDoNotMix() throws Exception {
    ExecutorService browsers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> signIns =
          IntStream.range(0, 32).<Callable<Boolean>>mapToObj(i -> () -> isNobodyElse(i)).toList();
      for (Future<Boolean> signIn : browsers.invokeAll(signIns)) {
        assertThat(signIn.get()).isTrue();
      }
    } finally {
      browsers.shutdownNow();
    }
  }

  private boolean isNobodyElse(int number) {
    Parameters callback = subject.approve(start(number), "user" + number);
    SignInAnswer answer = finish(callback, number);
    return answer instanceof SignInAnswer.SignedIn signedIn
        && signedIn.user().id().equals(signIn("user" + number).user().id());
  }

  private SignInAnswer.SignedIn signIn(String user) {
    SignInAnswer answer = finish(subject.approve(start(1), user), 1);
    assertThat(answer).isInstanceOf(SignInAnswer.SignedIn.class);
    return (SignInAnswer.SignedIn) answer;
  }

  /** Of a sign-in, or made up where this provider gives none that can be refreshed. */
  private UpstreamTokens refreshable() {
    UpstreamTokens tokens = signIn("ada").tokens();
    return tokens.refreshToken() != null
        ? tokens
        : new UpstreamTokens(tokens.accessToken(), Secret.of("made-up"), null);
  }

  private RefreshAnswer.Refreshed refreshed(UpstreamTokens tokens) {
    RefreshAnswer answer = subject.provider().refresh(tokens);
    assertThat(answer).isInstanceOf(RefreshAnswer.Refreshed.class);
    return (RefreshAnswer.Refreshed) answer;
  }

  private List<Finding> examine() {
    return subject.provider().examine(request(1));
  }

  private static SignInRequest request(int number) {
    return new SignInRequest(
        REDIRECT_URI, "state " + number, CodeChallenge.ofVerifier(verifier(number)), nonce(number));
  }

  private URI start(int number) {
    StartAnswer answer = subject.provider().start(request(number));
    assertThat(answer).isInstanceOf(StartAnswer.Redirect.class);
    return ((StartAnswer.Redirect) answer).location();
  }

  private SignInAnswer finish(Parameters callback, int number) {
    return subject
        .provider()
        .finish(
            new SignInCallback(callback, REDIRECT_URI, Secret.of(verifier(number)), nonce(number)));
  }

  private static String verifier(int number) {
    return "the-code-verifier-of-sign-in-number-" + (1_000_000 + number);
  }

  private static String nonce(int number) {
    return "nonce-" + number;
  }

  private static boolean isLoopback(URI location) {
    return Set.of("127.0.0.1", "[::1]", "localhost").contains(location.getHost());
  }
}
