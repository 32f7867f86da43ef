package io.mcpoauth.core.client.document;

import static io.mcpoauth.core.client.document.ClientDocumentsTest.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.ServerSettings;
import io.mcpoauth.core.authorize.AuthorizeOutcome;
import io.mcpoauth.core.authorize.AuthorizeOutcome.AskConsent;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ErrorPage;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToClient;
import io.mcpoauth.core.authorize.AuthorizeOutcome.ToProvider;
import io.mcpoauth.core.authorize.AuthorizeRequest;
import io.mcpoauth.core.authorize.CallbackRequest;
import io.mcpoauth.core.authorize.ConsentPage;
import io.mcpoauth.core.authorize.ConsentSubmission;
import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.memory.InMemoryStorage;
import io.mcpoauth.core.model.ProtectedResource;
import io.mcpoauth.core.protocol.CodeChallenge;
import io.mcpoauth.core.protocol.ErrorCode;
import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.core.protocol.ResourceUri;
import io.mcpoauth.core.protocol.Scopes;
import io.mcpoauth.core.secret.KeyRing;
import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.core.token.TokenOutcome;
import io.mcpoauth.core.token.TokenOutcome.Issued;
import io.mcpoauth.core.token.TokenOutcome.Refused;
import io.mcpoauth.core.token.TokenRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A document client on its whole way, against a document server on loopback. */
class DocumentClientFlowTest {

  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final String VERIFIER = "v".repeat(43);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DocumentServer documents = DocumentServer.https(CERTIFICATES.server("localhost"));
  private final String clientId = "https://localhost:" + documents.port() + "/client.json";
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private AuthorizationServer server;

  @BeforeEach
  void start() {
    serveName("C");
    server = server(settings());
  }

  @AfterEach
  void stop() {
    server.close();
    storage.close();
    documents.close();
  }

  private static ClientDocumentSettings settings() {
    return ClientDocumentSettings.standard()
        .trust(CERTIFICATES.client())
        .dangerouslyAllowLoopbackForTests();
  }

  private AuthorizationServer server(ClientDocumentSettings settings) {
    ProtectedResource resource =
        new ProtectedResource(
            new ResourceUri("https://proxy.example/mcp"), Scopes.of("read"), Scopes.of("read"));
    return AuthorizationServer.builder(
            new ServerSettings(
                URI.create("https://proxy.example"),
                List.of(resource),
                Scopes.of("read"),
                ServerSettings.Lifetimes.standard()),
            storage,
            KeyRing.ofBase64(List.of(Secret.of("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))),
            List.of(new WillingProvider(clock)))
        .clock(clock)
        .clientDocuments(settings)
        .build();
  }

  private void serveName(String name) {
    documents.answerJson(document(clientId, name), "Cache-Control: no-store");
  }

  private AuthorizeOutcome authorize(String redirectUri) {
    return server.authorize(
        new AuthorizeRequest(
            parameters(
                Map.of(
                    "client_id",
                    clientId,
                    "redirect_uri",
                    redirectUri,
                    "response_type",
                    "code",
                    "code_challenge",
                    CodeChallenge.ofVerifier(VERIFIER).value(),
                    "code_challenge_method",
                    "S256")),
            null));
  }

  private ConsentPage consentPage() {
    return ((AskConsent) authorize("http://localhost:33418/cb")).page();
  }

  private AuthorizeOutcome approve(ConsentPage page) {
    return server.decide(new ConsentSubmission(page.ticket(), "willing", page.browserSecret()));
  }

  private AuthorizeOutcome callback(ToProvider toProvider) {
    String state = toProvider.location().getRawQuery().substring("state=".length());
    return server.callback(
        new CallbackRequest(
            parameters(Map.of("state", state)),
            Map.of(toProvider.loginId(), toProvider.browserSecret())));
  }

  private TokenOutcome exchange(ToClient toClient) {
    String location = toClient.location().expose();
    String code = location.replaceAll(".*[?&]code=([^&]*).*", "$1");
    return token(
        Map.of("grant_type", "authorization_code", "code", code, "code_verifier", VERIFIER));
  }

  private TokenOutcome token(Map<String, String> form) {
    return server.token(new TokenRequest(parameters(with(form, "client_id", clientId)), null));
  }

  private TokenOutcome refresh(Issued issued) {
    Secret refreshToken = Objects.requireNonNull(issued.refreshToken());
    return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken.expose()));
  }

  private Issued signIn() {
    return (Issued) exchange((ToClient) callback((ToProvider) approve(consentPage())));
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(name, value);
    return more;
  }

  private static Parameters parameters(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) ->
            text.append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return Parameters.parse(text.toString()).orElseThrow();
  }

  private static void isErrorPage(AuthorizeOutcome outcome, ErrorPage.Kind kind) {
    assertThat(outcome)
        .asInstanceOf(type(ErrorPage.class))
        .extracting(ErrorPage::kind)
        .isEqualTo(kind);
  }

  private void hostIsInTrouble() {
    documents.answerRaw("HTTP/1.1 503 Trouble\r\nContent-Length: 0\r\n\r\n");
  }

  @Test
  void documentClientSignsInAndRefreshes() {
    Issued issued = signIn();
    assertThat(refresh(issued)).isInstanceOf(Issued.class);
    assertThat(documents.requests()).as("the document is kept").hasSize(1);
  }

  @Test
  void consentPageTellsWhoPublishedTheClient() {
    ConsentPage page = consentPage();

    assertThat(page.clientName()).isEqualTo("C");
    assertThat(page.clientId()).isEqualTo(clientId);
    assertThat(page.clientRegisteredByOperator()).isFalse();
  }

  @Test
  void redirectUriMustStandInTheDocument_CM16() {
    isErrorPage(authorize("https://evil.example/cb"), ErrorPage.Kind.BAD_REQUEST);
    isErrorPage(authorize("http://localhost/other"), ErrorPage.Kind.BAD_REQUEST);
  }

  @Test
  void everyFailureIsTheSamePage_CM19() {
    documents.answerJson("{}");
    AuthorizeOutcome invalid = authorize("http://localhost/cb");
    hostIsInTrouble();
    AuthorizeOutcome unreadable = authorize("http://localhost/cb");

    isErrorPage(invalid, ErrorPage.Kind.BAD_REQUEST);
    assertThat(unreadable).isEqualTo(invalid);
  }

  @Test
  void tooManyReadsAreAnOutage_CM18() {
    hostIsInTrouble();
    for (int i = 0; i < 5; i++) {
      isErrorPage(authorize("http://localhost/cb"), ErrorPage.Kind.BAD_REQUEST);
    }

    isErrorPage(authorize("http://localhost/cb"), ErrorPage.Kind.UNAVAILABLE);
  }

  @Test
  void documentThatChangesBeforeTheApprovalMustBeShownAgain_CN17() {
    ConsentPage page = consentPage();
    serveName("D");
    clock.advance(Duration.ofSeconds(60));

    isErrorPage(approve(page), ErrorPage.Kind.BAD_REQUEST);
    assertThat(approve(consentPage())).isInstanceOf(ToProvider.class);
  }

  @Test
  void clientThatIsWithdrawnDuringTheSignInGetsNoCode_CN20() {
    ToProvider toProvider = (ToProvider) approve(consentPage());
    documents.answerRaw("HTTP/1.1 404 Gone\r\n\r\n");
    clock.advance(Duration.ofSeconds(60));

    ToClient toClient = (ToClient) callback(toProvider);
    assertThat(toClient.location().expose())
        .contains("error=temporarily_unavailable")
        .doesNotContain("code=");
  }

  @Test
  void troubleOfTheHostIsNotInvalidClient() {
    ToClient toClient = (ToClient) callback((ToProvider) approve(consentPage()));
    server.close();
    server = server(settings()); // An instance that has no copy.
    hostIsInTrouble();
    assertThat(exchange(toClient))
        .asInstanceOf(type(Refused.class))
        .extracting(refused -> refused.error().code())
        .isEqualTo(ErrorCode.TEMPORARILY_UNAVAILABLE);
    serveName("C");

    assertThat(exchange(toClient)).isInstanceOf(Issued.class);
  }

  @Test
  void publicDocumentClientMayNotUseASecret_CA01() {
    assertThat(token(Map.of("grant_type", "refresh_token", "client_secret", "x")))
        .asInstanceOf(type(Refused.class))
        .extracting(refused -> refused.error().code())
        .isEqualTo(ErrorCode.INVALID_CLIENT);
  }

  @Test
  void metadataAdvertisesDocumentsIfAndOnlyIfTheyAreRead_CM27() {
    String flag = "\"client_id_metadata_document_supported\":true";
    assertThat(server.authorizationServerMetadata()).contains(flag);
    server.close();
    server = server(ClientDocumentSettings.disabled());

    assertThat(server.authorizationServerMetadata())
        .doesNotContain("client_id_metadata_document_supported");
    isErrorPage(authorize("http://localhost/cb"), ErrorPage.Kind.BAD_REQUEST);
    assertThat(documents.connections()).isZero();
  }

  @Test
  void onlyTheTestAllowanceReachesLoopback_CM03() {
    server.close();
    server = server(ClientDocumentSettings.standard().trust(CERTIFICATES.client()));

    isErrorPage(authorize("http://localhost/cb"), ErrorPage.Kind.BAD_REQUEST);
    assertThat(documents.connections()).isZero();
  }

  @Test
  void oneInstallOfASharedClientLeavesTheOthersAlone_CM28() {
    Issued first = signIn();
    signIn();

    assertThat(refresh(first)).isInstanceOf(Issued.class);
  }

  @Test
  void logoIsNeverFetched_CM24() {
    documents.answerJson(
        document(clientId, "C")
            .replace("}", ",\"logo_uri\":\"https://localhost:" + documents.port() + "/logo\"}"));
    consentPage();

    assertThat(documents.requests()).hasSize(1);
  }
}
