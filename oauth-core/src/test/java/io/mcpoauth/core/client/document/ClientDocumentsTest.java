package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.contract.MutableClock;
import io.mcpoauth.core.contract.TestFacts;
import io.mcpoauth.core.internal.client.ClientLookup;
import io.mcpoauth.core.internal.client.ClientLookup.Found;
import io.mcpoauth.core.internal.client.ClientLookup.NotFound;
import io.mcpoauth.core.internal.client.ClientLookup.Reason;
import io.mcpoauth.core.internal.client.RedirectPolicy;
import io.mcpoauth.core.internal.client.RegisteredClients;
import io.mcpoauth.core.memory.InMemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDocumentsTest {

  private static final String URL = "https://client.example.com/c.json";
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final NotFound UNKNOWN = new NotFound(Reason.UNKNOWN);
  private static final NotFound UNREADABLE = new NotFound(Reason.UNREADABLE);
  private static final NotFound BUSY = new NotFound(Reason.BUSY);

  private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final DocumentServer server =
      DocumentServer.https(CERTIFICATES.server("client.example.com", "other.example.com"));
  private final TestNetwork network = new TestNetwork(CERTIFICATES.client());
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private ClientDocuments clients;

  @BeforeEach
  void start() {
    network.leadingTo(server.port());
    serveName("C", "max-age=600");
    clients = clients(ClientDocumentSettings.standard());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
    storage.close();
  }

  private ClientDocuments clients(ClientDocumentSettings settings) {
    return new ClientDocuments(
        new RegisteredClients(storage.clients()),
        settings.timeouts(new FetchTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(8))),
        network.network(),
        new RedirectPolicy("https://proxy.example", Set.of()),
        clock);
  }

  private void serveName(String name, String cacheControl) {
    server.answerJson(document(URL, name), "Cache-Control: " + cacheControl);
  }

  static String document(String url, String name) {
    return """
        {"client_id":"%s","client_name":"%s","redirect_uris":["http://localhost/cb"],
        "grant_types":["authorization_code","refresh_token"]}"""
        .formatted(url, name);
  }

  private void serveTrouble() {
    server.answerRaw("HTTP/1.1 503 Trouble\r\nContent-Length: 0\r\n\r\n");
  }

  private String nameOf(ClientLookup lookup) {
    assertThat(lookup).isInstanceOf(Found.class);
    return ((Found) lookup).client().name();
  }

  private int fetches() {
    return server.requests().size();
  }

  @Test
  void urlsAndOpaqueIdsStandSideBySide() {
    storage.clients().insert(TestFacts.publicClient("opaque"));

    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    assertThat(nameOf(clients.find("opaque"))).isEqualTo("Client opaque");
    assertThat(clients.find("nobody")).isEqualTo(UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://client.example.com/c.json",
        "https://client.example.com/a/../c.json",
        "https://127.0.0.1/c.json",
        "https://client.example.com:8443/c.json"
      })
  void otherUrlsAreUnknownWithoutAFetch_CM01_CM02_CM05_CM19(String clientId) {
    assertThat(clients.find(clientId)).isEqualTo(UNKNOWN);
    assertThat(network.lookUps()).isZero();
  }

  @Test
  void documentIsKeptForItsLifetime_CM17() {
    clients.find(URL);
    serveName("D", "max-age=600");
    clock.advance(Duration.ofSeconds(599));
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    clock.advance(Duration.ofSeconds(1));

    assertThat(nameOf(clients.find(URL))).isEqualTo("D");
    assertThat(fetches()).isEqualTo(2);
  }

  @Test
  void evenAnUnstorableDocumentIsKeptForAMinute_CM17_CM19() {
    serveName("C", "no-store");
    clients.find(URL);
    clock.advance(Duration.ofSeconds(59));
    clients.find(URL);
    assertThat(fetches()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    clients.find(URL);

    assertThat(fetches()).isEqualTo(2);
  }

  @Test
  void errorsAndInvalidDocumentsAreNotKept_CM17() {
    serveTrouble();
    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    server.answerJson("{}", "Cache-Control: max-age=600");
    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    serveName("C", "max-age=600");

    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
  }

  @Test
  void failingUrlIsNotFetchedWithoutEnd_CM19() {
    serveTrouble();
    for (int i = 0; i < 5; i++) {
      assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    }
    assertThat(clients.find(URL)).isEqualTo(BUSY);
    clock.advance(Duration.ofSeconds(10));

    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    assertThat(fetches()).isEqualTo(6);
  }

  @Test
  void lastGoodCopyServesForADayWhileTheHostIsInTrouble() {
    clients.find(URL);
    serveTrouble();
    clock.advance(Duration.ofMinutes(10));
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    assertThat(fetches()).as("a host in trouble is left alone for a minute").isEqualTo(2);
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    clock.advance(Duration.ofSeconds(1));

    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
  }

  @Test
  void lastGoodCopyServesWhileTheHostCannotBeReached() {
    clients.find(URL);
    clock.advance(Duration.ofMinutes(10));
    network.name("client.example.com", "10.0.0.1");

    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void clientEndsWithItsDocument(int status) {
    clients.find(URL);
    clock.advance(Duration.ofMinutes(10));
    server.answerRaw("HTTP/1.1 " + status + " Gone\r\n\r\n");
    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    serveTrouble();

    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
  }

  @Test
  void documentThatBecameInvalidEndsTheClient() {
    clients.find(URL);
    clock.advance(Duration.ofMinutes(10));
    server.answerJson("{}");

    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
  }

  @Test
  void copyThatDiffersFromWhatTheUserSawIsComparedWithItsHost_CN17() {
    String old = ((Found) clients.find(URL)).client().revision();
    serveName("D", "max-age=600");
    assertThat(nameOf(clients.find(URL, "another"))).as("asked just now").isEqualTo("C");
    clock.advance(Duration.ofSeconds(60));
    assertThat(nameOf(clients.find(URL, old))).isEqualTo("C");

    assertThat(nameOf(clients.find(URL, "another"))).isEqualTo("D");
    assertThat(fetches()).isEqualTo(2);
  }

  @Test
  void unlistedHostsAreUnknownWithoutAFetch_CM26() {
    String other = "https://other.example.com/c.json";
    clients = clients(ClientDocumentSettings.standard().allowOnly(Set.of("Client.Example.com")));
    assertThat(clients.find(other)).isEqualTo(UNKNOWN);
    assertThat(clients.find("https://a.client.example.com/c")).isEqualTo(UNKNOWN);
    assertThat(network.lookUps()).isZero();
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");

    clients = clients(ClientDocumentSettings.standard().allowOnly(Set.of("*.example.com")));
    assertThat(nameOf(clients.find(URL))).isEqualTo("C");
    assertThat(clients.find("https://example.com/c")).isEqualTo(UNKNOWN);
    assertThat(clients.find("https://evilexample.com/c")).isEqualTo(UNKNOWN);
  }

  @Test
  void deniedHostsAreUnknownWithoutAFetch_CM26() {
    clients =
        clients(
            ClientDocumentSettings.standard()
                .allowOnly(Set.of("*.example.com"))
                .deny(Set.of("client.example.com", "*.org")));

    assertThat(clients.find(URL)).isEqualTo(UNKNOWN);
    assertThat(clients.find("https://a.b.org/c")).isEqualTo(UNKNOWN);
    assertThat(network.lookUps()).isZero();
  }

  @Test
  void hostInsideIsUnreadableWithoutAConnection_CM03() {
    network.name("client.example.com", "169.254.169.254");

    assertThat(clients.find(URL)).isEqualTo(UNREADABLE);
    assertThat(network.contacted()).isEmpty();
  }
}
