package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.model.User;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.spi.provider.RefreshAnswer;
import io.mcpoauth.core.spi.provider.SignInAnswer;
import io.mcpoauth.core.spi.provider.SignInCallback;
import io.mcpoauth.core.spi.provider.SignInRequest;
import io.mcpoauth.core.spi.provider.StartAnswer;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole conversation with an OpenID Connect provider that is not of this project. */
class MockServerSignInTest {

  private final MockOAuth2Server server = new MockOAuth2Server();

  @BeforeEach
  void start() {
    server.start(InetAddress.getLoopbackAddress(), 0);
    server.enqueueCallback(
        new DefaultOAuth2TokenCallback(
            "company",
            "ada-1",
            "JWT",
            List.of("proxy"),
            Map.of("email", "ada@example.com", "email_verified", true, "name", "Ada Lovelace")));
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  @Test
  void userSignsInAndTokensAreRefreshed() throws Exception {
    OpenIdProvider provider = provider();
    SignInAnswer answer = signIn(provider, OpenIdQuirks.VERIFIER);
    assertThat(answer).isInstanceOf(SignInAnswer.SignedIn.class);
    SignInAnswer.SignedIn signedIn = (SignInAnswer.SignedIn) answer;
    assertThat(signedIn.user())
        .isEqualTo(new User("ada-1", "company", "ada@example.com", "Ada Lovelace"));
    assertThat(signedIn.tokens().expiresAt()).isNotNull();
    assertThat(provider.refresh(signedIn.tokens())).isInstanceOf(RefreshAnswer.Refreshed.class);
  }

  @Test
  void codeOfAnotherSignInIsRefused_UP09() throws Exception {
    assertThat(signIn(provider(), "another-verifier-that-is-long-enough-for-RFC-7636"))
        .isInstanceOf(SignInAnswer.Rejected.class);
  }

  private OpenIdProvider provider() {
    ProviderSettings settings =
        ProviderSettings.builder("company", server.issuerUrl("company").toString(), "proxy")
            .clientSecret(Secret.of("secret"))
            .build();
    return new OpenIdProvider(settings, OpenIdQuirks.client(), InstantSource.system());
  }

  private static SignInAnswer signIn(OpenIdProvider provider, String verifier) throws Exception {
    URI callback = URI.create("http://localhost/callback");
    CodeChallenge challenge = CodeChallenge.ofVerifier(OpenIdQuirks.VERIFIER);
    StartAnswer start =
        provider.start(new SignInRequest(callback, "state-1", challenge, "nonce-1"));
    URI location = ((StartAnswer.Redirect) start).location();
    HttpResponse<Void> sentBack =
        OpenIdQuirks.client()
            .send(HttpRequest.newBuilder(location).build(), HttpResponse.BodyHandlers.discarding());
    URI back = URI.create(sentBack.headers().firstValue("Location").orElseThrow());
    Parameters parameters = Parameters.parse(back.getRawQuery()).orElseThrow();
    assertThat(parameters.get("state")).isEqualTo("state-1");
    return provider.finish(
        new SignInCallback(parameters, callback, Secret.of(verifier), "nonce-1"));
  }
}
