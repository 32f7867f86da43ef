package io.mcpoauth.runner.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.UpstreamTokens;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.ProfileStore.SealedProfile;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.servlet.flow.FlowDriver;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import io.mcpoauth.servlet.flow.ScriptedBrowser.Hop;
import io.mcpoauth.servlet.flow.SignInProvider;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every secret that turns up on the way of a whole flow, and of all that can go wrong with it, is
 * looked for in everything that was logged and answered meanwhile.
 */
class LeakTest {

  /** Stands in everything that a stranger sends. */
  private static final String CANARY = "canary-7f3a91";

  /** Tokens of ours, and JWTs of anybody, that no step of the test saw. */
  private static final Pattern TOKEN =
      Pattern.compile("mcp[a-z]_[\\w-]{20,}\\.[\\w-]{20,}|eyJ[\\w-]{10,}\\.[\\w-]+");

  private static final Pattern INTERNALS =
      Pattern.compile(
          "Exception|\\bat [a-z]+\\.[a-z]+|\\b(?:io\\.mcpoauth|org\\.|java\\.|com\\.)"
              + "|(?i:\\bselect\\b|\\binsert\\b|\\bjdbc|postgres|psql|hikari|jetty|jackson|jose4j)");

  private static final Set<String> SHOWN_IN_REDIRECTS =
      Set.of("iss", "scope", "client_id", "redirect_uri", "response_type", "prompt");

  private final RealParts parts = RealParts.start(() -> {});
  private final CapturedLog log = new CapturedLog();
  private final Attempts attempts = new Attempts(parts.proxy());
  private final Set<String> secrets =
      new TreeSet<>(
          List.of(CANARY, "s3cret", "postgres:postgres", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r"));

  @AfterEach
  void stop() {
    log.close();
    parts.close();
  }

  @Test
  void noSecretOfAWholeFlowIsLoggedOrTold_LG01_LG02_LG12() throws Exception {
    secrets.add(parts.settings().getOrDefault("ENCRYPTION_KEY", ""));
    try (RunningInstance instance = RunningInstance.inProcess(parts)) {
      assertThat(instance).isNotNull();
      FlowDriver flow = new FlowDriver(parts.protectedMcpServer());
      JsonNode metadata = flow.discover();
      String id = flow.register(metadata, CANARY);
      String code = signIn(flow, metadata, id);
      use(flow, metadata, id, code);
      confidentialClient();
      strangers(id);
    }

    List<String> messages = log.messages();
    assertThat(messages).anyMatch(message -> message.startsWith("event=tokens_refreshed "));
    assertThat(messages).anyMatch(message -> message.startsWith("event=code_replayed "));
    assertThat(secrets).hasSizeGreaterThan(15);
    // The client's name is no secret, and the one place where a stranger's text is logged.
    assertThat(messages)
        .filteredOn(message -> !message.startsWith("event=client_registered "))
        .noneMatch(message -> secrets.stream().anyMatch(message::contains));
    assertThat(messages).noneMatch(message -> TOKEN.matcher(message).find());
    secrets.remove(CANARY); // Strangers may be told what they said.
    assertThat(attempts.answers())
        .filteredOn(answer -> secrets.stream().anyMatch(told(answer)::contains))
        .isEmpty();
  }

  private static String told(HttpResponse<String> answer) {
    return answer.headers().map() + answer.body();
  }

  /** The user's way, up to the code. */
  private String signIn(FlowDriver flow, JsonNode metadata, String id) {
    ScriptedBrowser browser = new ScriptedBrowser();
    Hop consent = browser.open(flow.authorizationRequest(metadata, id));
    noteCookies(consent);
    secrets.addAll(consent.form().fields().values());
    secrets.add("state of " + id);
    Hop approved = browser.press(consent, "Continue with");
    noteCookies(approved);
    noteParameters(approved.location());
    Hop signedIn = SignInProvider.signIn(browser, browser.follow(approved));
    noteParameters(signedIn.location());
    Hop callback = browser.open(signedIn.location());
    noteParameters(callback.location());
    assertThat(browser.open(signedIn.location()).status()).isEqualTo(400);
    return flow.code(metadata, id, callback.location());
  }

  /** The client's way, with a replay, a repetition and a revocation. */
  private void use(FlowDriver flow, JsonNode metadata, String id, String code) throws Exception {
    Tokens first = flow.exchange(metadata, id, code);
    Tokens second = FlowDriver.tokens(flow.refresh(metadata, id, first.refreshToken()));
    for (Tokens tokens : List.of(first, second)) {
      secrets.add(tokens.accessToken());
      secrets.add(tokens.refreshToken());
      assertThat(flow.callMcp(tokens.accessToken()).statusCode()).isNotEqualTo(401);
    }
    noteProviderTokens();
    attempts.form("/revoke", "client_id=" + id + "&token=" + first.accessToken());
    attempts.form(
        "/token",
        "grant_type=authorization_code&client_id="
            + id
            + "&code="
            + code
            + "&code_verifier="
            + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    attempts.form(
        "/token",
        "grant_type=refresh_token&client_id=" + id + "&refresh_token=" + second.refreshToken());
    flow.revoke(metadata, id, second.refreshToken());
  }

  /** As they are in storage, the only place where the test can find them. */
  private void noteProviderTokens() {
    Secret key = Secret.of(parts.settings().getOrDefault("ENCRYPTION_KEY", ""));
    GrantProfiles profiles =
        new GrantProfiles(KeyRing.ofBase64(List.of(key)), SecretSource.system());
    try (PostgresStorage storage = PostgresStorage.connect(parts.database().dsn(), 1)) {
      List<SealedProfile> sealed = storage.profiles().list("", 10);
      assertThat(sealed).isNotEmpty();
      for (SealedProfile profile : sealed) {
        UpstreamTokens tokens =
            profiles.open(profile.grantId(), profile.sealed()).orElseThrow().tokens();
        secrets.add(tokens.accessToken().expose());
        Optional.ofNullable(tokens.refreshToken()).map(Secret::expose).ifPresent(secrets::add);
      }
    }
  }

  private void confidentialClient() throws Exception {
    String registration = "{\"redirect_uris\":[\"https://a.example/cb\"],\"client_name\":\"x\"}";
    HttpResponse<String> registered = attempts.json("/register", registration);
    String id = member("client_id", registered.body());
    String secret = member("client_secret", registered.body());
    attempts.answers().remove(registered);
    secrets.add(secret);
    String form = "grant_type=refresh_token&refresh_token=" + CANARY;
    attempts.form("/token", form, "Authorization", Attempts.basic(id, secret));
    attempts.form("/token", form, "Authorization", Attempts.basic(id, CANARY));
    attempts.form("/token", form + "&client_id=" + id + "&client_secret=" + CANARY);
  }

  /** Whatever may be wrong with a request. */
  private void strangers(String id) throws Exception {
    String forgedJwt = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJzdWIiOiJ4In0." + CANARY;
    for (String bearer : List.of(CANARY, forgedJwt, "mcpr_" + CANARY, "")) {
      attempts.get("/mcp", "Authorization", "Bearer " + bearer);
    }
    attempts.get("/mcp?access_token=" + CANARY);
    attempts.get("/authorize?client_id=" + CANARY + "&state=" + CANARY);
    attempts.get("/authorize?client_id=" + id + "&state=" + CANARY + "&scope=" + CANARY);
    attempts.get("/authorize?client_id=https://" + CANARY + ".invalid/c.json");
    attempts.get("/callback?code=" + CANARY + "&state=" + CANARY);
    attempts.get("/callback?error=" + CANARY + "&state=" + "a".repeat(22) + "." + CANARY);
    attempts.form("/consent", "ticket=" + CANARY, "Cookie", "__Host-mcp-consent=" + CANARY);
    attempts.form("/token", "grant_type=" + CANARY);
    attempts.form("/token", "code=%zz" + CANARY);
    attempts.form(
        "/token",
        "grant_type=client_credentials&client_assertion_type="
            + URLEncoder.encode("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", UTF_8)
            + "&client_assertion="
            + forgedJwt);
    attempts.form("/introspect", "token=" + CANARY, "Authorization", "Bearer " + CANARY);
    attempts.json("/register", "{\"redirect_uris\":[\"" + CANARY + "\"]}");
    attempts.json("/register", "{\"a\": " + CANARY);
    attempts.get("/" + CANARY);

    assertThat(attempts.answers()).hasSizeGreaterThan(20);
    assertThat(attempts.answers())
        .filteredOn(answer -> answer.statusCode() >= 400)
        .hasSizeGreaterThan(20)
        .allSatisfy(LeakTest::tellsNothing);
  }

  private static void tellsNothing(HttpResponse<String> answer) {
    String told = answer.body() + answer.headers().firstValue("WWW-Authenticate").orElse("");
    assertThat(INTERNALS.matcher(told).results().map(found -> found.group()))
        .as(answer.request().uri().getPath() + ": " + told)
        .isEmpty();
    assertThat(answer.statusCode()).isLessThan(500);
  }

  private void noteCookies(Hop hop) {
    hop.response().headers().allValues("Set-Cookie").stream()
        .map(cookie -> cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')))
        .filter(value -> !value.isEmpty())
        .forEach(secrets::add);
  }

  private void noteParameters(URI location) {
    Arrays.stream(location.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> !SHOWN_IN_REDIRECTS.contains(pair[0]) && pair[1].length() > 15)
        .forEach(pair -> secrets.addAll(List.of(pair[1], URLDecoder.decode(pair[1], UTF_8))));
  }

  private static String member(String name, String json) {
    var member = Pattern.compile('"' + name + "\":\"([^\"]+)").matcher(json);
    assertThat(member.find()).as(name).isTrue();
    return member.group(1);
  }
}
