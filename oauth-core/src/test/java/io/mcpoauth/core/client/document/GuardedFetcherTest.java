package io.mcpoauth.core.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.mcpoauth.core.client.document.FetchResult.Fetched;
import io.mcpoauth.core.client.document.FetchResult.Reason;
import io.mcpoauth.core.client.document.FetchResult.Refused;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedFetcherTest {

  private static final String HOST = "client.example.com";
  private static final String JSON = "{\"a\":1}";
  private static final FetchTimeouts PATIENT =
      new FetchTimeouts(Duration.ofSeconds(8), Duration.ofSeconds(10));
  private static final FetchTimeouts HASTY =
      new FetchTimeouts(Duration.ofMillis(200), Duration.ofMinutes(5));
  private static final TestCertificates CERTIFICATES = new TestCertificates();
  private static final SSLContext GOOD = CERTIFICATES.server(HOST);
  private static final ScheduledExecutorService SCHEDULER =
      Executors.newSingleThreadScheduledExecutor();

  private final TestNetwork network = new TestNetwork(CERTIFICATES.client());
  private DocumentServer server;

  @BeforeEach
  void start() {
    serve(DocumentServer.https(GOOD).answerJson(JSON));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void stopScheduler() {
    SCHEDULER.shutdownNow();
  }

  private void serve(DocumentServer replacement) {
    server = replacement;
    network.leadingTo(server.port());
  }

  private FetchResult fetch(FetchTimeouts timeouts) {
    GuardedFetcher fetcher =
        new GuardedFetcher(
            network.network(),
            DangerousTestAllowance.NOTHING,
            timeouts,
            SCHEDULER,
            InstantSource.system());
    return fetcher.fetch(
        ClientIdUrl.parse("https://" + HOST + "/c.json?v=1", DangerousTestAllowance.NOTHING)
            .orElseThrow());
  }

  private void isRefused(Reason reason) {
    assertThat(fetch(PATIENT)).isEqualTo(new Refused(reason));
  }

  private void isFetched() {
    assertThat(fetch(PATIENT)).isInstanceOf(Fetched.class);
  }

  @Test
  void documentIsFetchedWithItsLifetime() {
    server.answerJson(JSON, "Cache-Control: max-age=600");

    assertThat(fetch(PATIENT)).isEqualTo(new Fetched(JSON, Duration.ofMinutes(10)));
    assertThat(network.contacted()).containsExactly(TestNetwork.PUBLIC + ":443");
  }

  @Test
  void requestCarriesNothingButTheUrl_CM21() {
    isFetched();

    assertThat(server.requests())
        .containsExactly(
            """
            GET /c.json?v=1 HTTP/1.1
            Host: client.example.com
            User-Agent: mcp-oauth-proxy
            Accept: application/json
            Accept-Encoding: identity
            Connection: close
            """);
  }

  @Test
  void proxiesOfTheEnvironmentAreNotUsed_CM21() {
    System.setProperty("socksProxyHost", "127.0.0.1");
    System.setProperty("socksProxyPort", "1");
    System.setProperty("socksNonProxyHosts", ""); // By default loopback never goes through one.
    System.setProperty("https.proxyHost", "127.0.0.1");
    try {
      isFetched();
    } finally {
      System.clearProperty("socksProxyHost");
      System.clearProperty("socksProxyPort");
      System.clearProperty("socksNonProxyHosts");
      System.clearProperty("https.proxyHost");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fd00:ec2::254",
        "64:ff9b::a00:1",
        "::ffff:10.0.0.1"
      })
  void specialUseAddressIsNeverContacted_CM03_CM04(String address) {
    network.name(HOST, address);

    isRefused(Reason.SPECIAL_USE_ADDRESS);
    assertThat(network.contacted()).isEmpty();
  }

  @Test
  void nameIsResolvedOnceAndTheCheckedAddressContacted_CM06() {
    network.name(HOST, TestNetwork.PUBLIC).name(HOST, "10.0.0.1");

    isFetched();
    assertThat(network.lookUps()).isEqualTo(1);
    assertThat(network.contacted()).containsExactly(TestNetwork.PUBLIC + ":443");
  }

  @ParameterizedTest
  @CsvSource({"93.184.215.14, 10.0.0.1", "10.0.0.1, 93.184.215.14", "2606:4700::1111, ::1"})
  void mixedAnswerIsRefusedAsAWhole_CM07(String first, String second) {
    network.name(HOST, first, second);

    isRefused(Reason.SPECIAL_USE_ADDRESS);
    assertThat(network.contacted()).isEmpty();
  }

  @Test
  void nameWithoutAddressIsRefused() {
    network.name(HOST);

    isRefused(Reason.NO_ADDRESS);
  }

  @Test
  void allCheckedAddressesAreTriedUpToFour() {
    network.name(HOST, "8.8.8.1", "8.8.8.2", "8.8.8.3", "8.8.8.4", "8.8.8.5");
    server.close();

    isRefused(Reason.UNREACHABLE);
    assertThat(network.contacted())
        .containsExactly("8.8.8.1:443", "8.8.8.2:443", "8.8.8.3:443", "8.8.8.4:443");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirectIsNotFollowed_CM08(int status) {
    server.answerRaw(
        "HTTP/1.1 " + status + " Moved\r\nLocation: https://client.example.com/d\r\n\r\n");

    isRefused(Reason.STATUS);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "201, STATUS",
    "204, STATUS",
    "206, STATUS",
    "304, STATUS",
    "400, STATUS",
    "403, STATUS",
    "500, STATUS",
    "503, STATUS",
    "404, GONE",
    "410, GONE",
    "101, MALFORMED_RESPONSE"
  })
  void onlyStatus200IsADocument(int status, Reason reason) {
    server.answerRaw(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n%s"
            .formatted(status, JSON));

    isRefused(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/html",
        "text/json",
        "application/octet-stream",
        "application/jsonp",
        "application/json, text/html",
        "x application/json",
        "application/+json/x"
      })
  void onlyJsonIsADocument_CM10(String contentType) {
    server.answerRaw(DocumentServer.response(contentType, JSON));

    isRefused(Reason.CONTENT_TYPE);
  }

  @Test
  void missingContentTypeIsRefused_CM10() {
    server.answerRaw("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + JSON);

    isRefused(Reason.CONTENT_TYPE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON;charset=utf-8",
        "application/json ; charset=\"UTF-8\"",
        "application/oauth-client-id+json"
      })
  void jsonMediaTypesAreDocuments_CM10(String contentType) {
    server.answerRaw(DocumentServer.response(contentType, JSON));

    isFetched();
  }

  @Test
  void selfSignedExpiredAndForeignCertificatesAreRefused_CM20() {
    for (SSLContext bad :
        new SSLContext[] {
          new TestCertificates().server(HOST),
          CERTIFICATES.expiredServer(HOST),
          CERTIFICATES.server("other.example.com")
        }) {
      server.close();
      serve(DocumentServer.https(bad).answerJson(JSON));

      isRefused(Reason.NO_TRUSTED_TLS);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void oldTlsIsNotSpokenThoughTheJdkWould_CM20() {
    isFetched();

    assertThat(network.protocolsOffered()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
  }

  @Test
  void hostWithoutTlsIsRefused_CM20() {
    server.close();
    serve(DocumentServer.plain().answerRaw("HTTP/1.1 200 OK\r\n\r\n"));

    isRefused(Reason.NO_TRUSTED_TLS);
  }

  @Test
  void connectionThatNeverSpeaksTlsEndsInTime_CM12() {
    server.close();
    serve(DocumentServer.plain().answer((head, out) -> server.awaitClose()));

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertThat(fetch(HASTY)).isEqualTo(new Refused(Reason.NO_TRUSTED_TLS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Type: " + "application/json\r\nContent-Length: 5000\r\n\r\n{"
      })
  void slowDripEndsInTime_CM12(String beginning) {
    FetchTimeouts timeouts = new FetchTimeouts(Duration.ofMillis(900), Duration.ofSeconds(1));
    server.answer(
        (head, out) -> {
          out.write(beginning.getBytes(StandardCharsets.US_ASCII));
          while (!Thread.interrupted()) {
            out.write(' ');
            out.flush();
            server.awaitClose(Duration.ofMillis(50));
          }
        });

    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertThat(fetch(timeouts)).isEqualTo(new Refused(Reason.TOO_SLOW)));
  }

  @Test
  void addressIsNotAskedWithoutEnd_CM19() {
    GuardedFetcher.Connector nobodyThere =
        (socket, address, timeoutMillis) -> {
          throw new ConnectException();
        };
    GuardedFetcher.Network open = network.network();
    GuardedFetcher fetcher =
        new GuardedFetcher(
            new GuardedFetcher.Network(open.resolver(), nobodyThere, open.tls()),
            DangerousTestAllowance.NOTHING,
            PATIENT,
            SCHEDULER,
            InstantSource.fixed(Instant.EPOCH));
    int admitted = 0;
    for (int i = 0; i < 700; i++) {
      ClientIdUrl url =
          ClientIdUrl.parse("https://c" + i + ".example.com/c", DangerousTestAllowance.NOTHING)
              .orElseThrow();
      admitted += fetcher.fetch(url).equals(new Refused(Reason.ADDRESS_RATE)) ? 0 : 1;
    }

    assertThat(admitted).isEqualTo(600);
  }
}
