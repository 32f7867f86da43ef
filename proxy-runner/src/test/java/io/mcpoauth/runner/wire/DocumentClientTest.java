package io.mcpoauth.runner.wire;

import static io.mcpoauth.runner.wire.Answers.isInvalidGrant;
import static io.mcpoauth.runner.wire.Answers.isLocal;
import static io.mcpoauth.runner.wire.Answers.isRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.client.document.ClientDocumentSettings;
import io.mcpoauth.core.client.document.DocumentServer;
import io.mcpoauth.core.client.document.TestCertificates;
import io.mcpoauth.core.flow.Query;
import io.mcpoauth.core.flow.Signer;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import io.mcpoauth.servlet.flow.HtmlForm;
import io.mcpoauth.servlet.flow.ScriptedBrowser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients whose id is the URL of a document, over HTTP, with a document server on loopback. Each
 * case has a host of its own, since reads are counted by host.
 */
class DocumentClientTest {

  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final AtomicInteger HOSTS = new AtomicInteger();
  private static final Map<String, Integer> RESOLVED = new ConcurrentHashMap<>();
  private static final List<String> INTERNAL =
      List.of(
          "0-0-0-0.at.example.com",
          "10-255-255-255.at.example.com",
          "100-64-0-1.at.example.com",
          "169-254-169-254.at.example.com",
          "172-16-0-1.at.example.com",
          "192-168-255-255.at.example.com",
          "198-18-0-1.at.example.com",
          "224-0-0-1.at.example.com",
          "255-255-255-255.at.example.com",
          "x--x.at.example.com",
          "xfd00-ec2--254x.at.example.com",
          "xfe80--1x.at.example.com",
          "x64-ff9b--a00-1x.at.example.com",
          "x2002-a00-1--x.at.example.com",
          "mixed.example.com");

  private static final ExecutorService threads = Executors.newCachedThreadPool();
  private static final Signer KEY = Signer.of("ES256");

  private static DocumentServer documents;
  private static TwoInstances proxy;
  private static Wire wire;

  private final String host = "c" + HOSTS.incrementAndGet() + ".example.com";
  private final String url = url(host);
  private App app;

  @BeforeAll
  static void start() {
    documents =
        DocumentServer.https(
            CERTIFICATES.server(
                IntStream.range(0, 100)
                    .mapToObj(i -> "c" + i + ".example.com")
                    .toArray(String[]::new)));
    ClientDocumentSettings settings =
        ClientDocumentSettings.standard()
            .trust(CERTIFICATES.client())
            .resolver(DocumentClientTest::resolve)
            .deny(Set.of("denied.example.com"))
            .dangerouslyAllowLoopbackForTests();
    proxy = TwoInstances.start(Setup.standard().built(server -> server.clientDocuments(settings)));
    wire = new Wire(proxy.one);
  }

  @AfterAll
  static void stop() {
    threads.shutdownNow();
    proxy.close();
    documents.close();
  }

  @BeforeEach
  void nameTheClient() {
    app = new App(proxy, url, "");
  }

  /**
   * Names of the form {@code 10-0-0-1.at.example.com} or {@code xfd00--1x.at.example.com} are at
   * that address, others are ours.
   */
  private static List<InetAddress> resolve(String name) throws UnknownHostException {
    if (name.equals("mixed.example.com")) {
      return List.of(InetAddress.getLoopbackAddress(), InetAddress.getByName("10.0.0.1"));
    }
    if (name.endsWith(".at.example.com")) {
      String label = name.substring(0, name.indexOf('.'));
      return List.of(
          InetAddress.getByName(
              label.replace('-', label.startsWith("x") ? ':' : '.').replace("x", "")));
    }
    // Each of the two instances may ask once; who asks again is led elsewhere.
    return RESOLVED.merge(name, 1, Integer::sum) <= 2
        ? List.of(InetAddress.getLoopbackAddress())
        : List.of(InetAddress.getByName("10.0.0.1"));
  }

  private static String url(String host) {
    return "https://" + host + ":" + documents.port() + "/client.json";
  }

  private String document(String more) {
    return """
        {"client_id":"%s","client_name":"Document app","redirect_uris":["%s"],
        "grant_types":["authorization_code","refresh_token"]%s}"""
        .formatted(url, App.REDIRECT_URI, more);
  }

  private void serve(String more) {
    documents.answerJson(document(more), "Cache-Control: max-age=600");
  }

  private HttpResponse<String> authorize(String clientId) {
    return wire.authorize(app.request().with("client_id", clientId), "Accept", "text/html");
  }

  private long reads() {
    return documents.requests().stream().filter(head -> head.contains("Host: " + host)).count();
  }

  @Test
  void documentIsReadOnceAndTheClientGoesTheWholeWay_CM06_CM17_CM21() {
    serve("");
    String page = HtmlForm.text(app.consent(new ScriptedBrowser(), app.request()).html());
    assertThat(page).contains("Document app", host);

    App.Tokens tokens = app.tokens();
    assertThat(app.isLetIn(tokens.access())).isTrue();
    App.issued(app.refresh(tokens.refresh()));
    // Each instance has its copy, though the second look at the name would have led elsewhere.
    assertThat(reads()).isLessThanOrEqualTo(2);
    assertThat(documents.requests()).noneMatch(head -> head.contains("Cookie"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://c0.example.com/client.json",
        "https://c0.example.com",
        "ftp://c0.example.com/client.json",
        "https:///client.json",
        "https:c0.example.com/client.json",
        "https://c0.example.com/a/../client.json",
        "https://c0.example.com/a/%2e%2e/client.json",
        "https://c0.example.com/client.json#fragment",
        "https://user@c0.example.com/client.json",
        "https://c0.example.com/client .json",
        "https://c0.example.com/client\t.json",
        "https://c0.example.com\\client.json"
      })
  void urlThatIsNoDocumentUrlIsAnUnknownClient_CM01_CM02(String clientId) {
    int connections = documents.connections();

    isLocal(authorize(clientId.replace("example.com", "example.com:" + documents.port())));
    isLocal(authorize(clientId));
    assertThat(documents.connections()).isEqualTo(connections);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1",
        "[::1]",
        "[::ffff:7f00:1]",
        "localhost.",
        "metadata.google.internal",
        "denied.example.com"
      })
  void literalsAndLocalNamesAreNotContacted_CM05_CM26(String name) {
    int connections = documents.connections();

    isLocal(authorize(url(name)));
    assertThat(documents.connections()).isEqualTo(connections);
  }

  /** All at once, since a failure before the connection is told after three seconds, by design. */
  @Test
  void specialUseAddressesLookLikeAnyOtherFailure_CM03_CM04_CM07_CM19() {
    documents.answerRaw("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
    HttpResponse<String> refused = authorize(url);
    int connections = documents.connections();

    List<CompletableFuture<HttpResponse<String>>> internal =
        INTERNAL.stream()
            .map(name -> CompletableFuture.supplyAsync(() -> authorize(url(name)), threads))
            .toList();

    assertThat(internal)
        .allSatisfy(
            page -> {
              isLocal(page.join());
              assertThat(page.join().body()).isEqualTo(refused.body());
            });
    assertThat(documents.connections()).isEqualTo(connections);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 302 X\r\nLocation: /other.json\r\n\r\n",
        "HTTP/1.1 307 X\r\nLocation: http://169.254.169.254/\r\n\r\n"
      })
  void redirectIsNotFollowed_CM08(String answer) {
    documents.answerRaw(answer);

    isLocal(authorize(url));
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void otherMediaTypesAreNoDocuments_CM10() {
    documents.answerRaw(DocumentServer.response("text/html", document("")));

    isLocal(authorize(url));
  }

  @Test
  void largeDocumentIsNotReadToItsEnd_CM11() {
    documents.answerRaw(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10000000000\r\n\r\n{");
    isLocal(authorize(url));
    serve(",\"filler\":\"" + "x".repeat(6 * 1024) + "\"");
    isLocal(authorize(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "not JSON",
        "{\"client_id\":\"URL\"}",
        "{\"client_id\":\"URL/\",\"client_name\":\"n\",\"redirect_uris\":[\"https://app.example/callback\"]}",
        "{\"client_id\":\"URL\",\"client_id\":\"URL\",\"client_name\":\"n\",\"redirect_uris\":[\"https://app.example/callback\"]}",
        "{\"client_id\":\"URL\",\"client_name\":\"n\",\"redirect_uris\":[\"https://app.example/callback\"],\"client_secret\":\"s\"}",
        "{\"client_id\":\"URL\",\"client_name\":\"n\",\"redirect_uris\":[\"https://app.example/callback\"],\"token_endpoint_auth_method\":\"client_secret_basic\"}",
        "{\"client_id\":\"URL\",\"client_name\":\"n\",\"redirect_uris\":[\"https://app.example/callback\"],\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}}"
      })
  void documentThatSaysTooLittleOrTooMuchIsNone_CM13_CM14_CM15(String json) {
    documents.answerJson(json.replace("URL", url));

    isLocal(authorize(url));
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void redirectUriMustStandInTheDocument_CM16() {
    serve("");

    isLocal(wire.authorize(app.request().with("redirect_uri", "https://evil.example/callback")));
    assertThat(wire.authorize(app.request()).statusCode()).isEqualTo(200);
  }

  @Test
  void manyWhoAskAtOnceShareOneRead_CM18() {
    serve("");
    List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(CompletableFuture.supplyAsync(() -> wire.authorize(app.request()), threads));
    }

    assertThat(requests).allSatisfy(page -> assertThat(page.join().statusCode()).isEqualTo(200));
    assertThat(reads()).isEqualTo(1);
  }

  @Test
  void hostMustProveItsName_CM20() {
    String unproven = url("unproven.example.com");
    int requests = documents.requests().size();
    documents.answerJson(document("").replace(url, unproven));

    isLocal(authorize(unproven));
    assertThat(documents.requests()).hasSize(requests);
  }

  @Test
  void metadataSaysThatDocumentsAreRead_CM27() {
    assertThat(
            Wire.json(wire.get("/.well-known/oauth-authorization-server"), 200)
                .path("client_id_metadata_document_supported")
                .asBoolean())
        .isTrue();
  }

  @Test
  void keyInTheDocumentProvesTheClientOnce_CA12_CA13() {
    serve(",\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":" + KEY.keySet());
    Query form =
        Query.of(
            "grant_type",
            "authorization_code",
            "code",
            app.code(),
            "code_verifier",
            App.VERIFIER,
            "redirect_uri",
            App.REDIRECT_URI);
    isRefused(401, "invalid_client", wire.token(form.with("client_id", url)));
    isRefused(401, "invalid_client", wire.token(signed(form, Signer.of("ES256"), "forged")));

    Query good = signed(form, KEY, "first");
    App.issued(wire.token(good));
    isRefused(401, "invalid_client", new Wire(proxy.other).token(good));
    isInvalidGrant(wire.token(signed(form, KEY, "second")));
  }

  private Query signed(Query form, Signer signer, String id) {
    String assertion =
        signer.sign(Signer.claims(url, proxy.issuer.toString(), host + id, Instant.now()));
    return form.with("client_assertion_type", Signer.TYPE).with("client_assertion", assertion);
  }
}
