package io.mcpoauth.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.spi.provider.SignInAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeySetTest {

  private final OpenIdQuirks quirks = new OpenIdQuirks();

  @AfterEach
  void stop() {
    quirks.close();
  }

  @Test
  void tokenWithoutKidIsVerifiedWithTheOneKeyOfItsType() {
    quirks.header.remove("kid");
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void keyOutsideTheSetIsRefused_UP10() {
    quirks.header.put("kid", OpenIdQuirks.OTHER_KEY.getKeyId());
    quirks.sendIdToken(OpenIdQuirks.OTHER_KEY.getPrivateKey());
    assertRejected("key set");
  }

  @Test
  void rotatedKeyIsFetchedButAtMostOncePerInterval_UP10() {
    OpenIdProvider provider = quirks.provider();
    assertThat(finish(provider)).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.header.put("kid", OpenIdQuirks.OTHER_KEY.getKeyId());
    quirks.sendIdToken(OpenIdQuirks.OTHER_KEY.getPrivateKey());

    quirks.clock.advance(Duration.ofSeconds(11));
    for (int i = 0; i < 5; i++) {
      assertThat(finish(provider)).isInstanceOf(SignInAnswer.Rejected.class);
    }
    assertThat(quirks.server.requestsTo("/tenant/jwks")).hasSize(2);

    quirks.publishKeys(OpenIdQuirks.OTHER_KEY);
    quirks.clock.advance(Duration.ofSeconds(11));
    assertThat(finish(provider)).isInstanceOf(SignInAnswer.SignedIn.class);
    assertThat(quirks.server.requestsTo("/tenant/jwks")).hasSize(3);
  }

  @Test
  void keysAreKeptWhileTheKeySetIsDown() {
    OpenIdProvider provider = quirks.provider();
    assertThat(finish(provider)).isInstanceOf(SignInAnswer.SignedIn.class);
    quirks.server.on("/tenant/jwks", QuirkServer.reply(503, "text/plain", "down"));
    quirks.clock.advance(Duration.ofHours(2));
    quirks.claims.put("exp", now() + 300);
    assertThat(finish(provider)).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  @Test
  void unreadableKeySetIsAnOutage() {
    for (String body : List.of("", "[]", "{}", "{\"keys\":7}")) {
      quirks.server.json("/tenant/jwks", body);
      assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.Unavailable.class);
    }
  }

  @Test
  void oddKeysSpoilNoneOfTheOthers() {
    Map<String, Object> good = OpenIdQuirks.KEY.toParams(OutputControlLevel.PUBLIC_ONLY);
    String odd = "1,{},{\"kty\":7},{\"kty\":\"RSA\",\"x5c\":7},{\"kty\":\"EC\",\"crv\":\"X\"},";
    quirks.server.json("/tenant/jwks", "{\"keys\":[" + odd + JsonUtil.toJson(good) + "]}");
    assertThat(quirks.signIn()).isInstanceOf(SignInAnswer.SignedIn.class);
  }

  private void assertRejected(String cause) {
    assertThat(quirks.signIn())
        .isInstanceOfSatisfying(
            SignInAnswer.Rejected.class, answer -> assertThat(answer.cause()).contains(cause));
  }

  private static SignInAnswer finish(OpenIdProvider provider) {
    return provider.finish(OpenIdQuirks.callback("code=c"));
  }

  private long now() {
    return quirks.clock.instant().getEpochSecond();
  }
}
