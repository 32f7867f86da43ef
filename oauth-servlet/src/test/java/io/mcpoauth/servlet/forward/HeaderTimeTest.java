package io.mcpoauth.servlet.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.AuthorizationServer;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.servlet.contract.TestServer;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.limit.TrustedProxies;
import io.mcpoauth.servlet.message.HeaderField;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No header field or path takes long to read, whatever it is made of. */
class HeaderTimeTest {

  /** Where time grows faster than the text, this takes seconds. */
  private static final int LENGTH = 250_000;

  private static final Duration LIMIT = Duration.ofMillis(50);
  private static final int TRIES = 10;

  /** Counts what a parser uses, whatever else the machine has to do. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final AuthorizationServer SERVER = TestServer.at(URI.create("http://localhost:1"));

  private static final String TOKEN = "Bearer " + TestServer.accessToken(SERVER).expose();

  private final McpGate gate =
      new McpGate(
          SERVER,
          List.of(
              new McpServer(
                  SERVER.settings().resources().get(0), URI.create("http://localhost:2"), true)),
          AllowedOrigins.only(List.of("https://app.example")),
          SecretSource.system(),
          TrustedProxies.of(List.of("127.0.0.1")));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a,",
        "close,",
        " ,",
        "mcp-a,",
        "127.0.0.1,",
        "::,",
        "=",
        ";",
        "a=b;",
        "__Host-mcp-consent=a;",
        "%41",
        "%",
        "/..",
        "/%2e",
        ".",
        "\"",
        "Bearer "
      })
  void everyFieldIsReadInLinearTime_DS09(String unit) {
    String text = unit.repeat(LENGTH / unit.length());
    Awaitility.await()
        .until(
            () -> gate.admit(request("GET", "/mcp", "X-A", "1")),
            GateOutcome.Forward.class::isInstance);

    isQuick("cookies", () -> BrowserCookies.parse(List.of(text)));
    isQuick("path", () -> gate.admit(request("GET", "/mcp/" + text, "X-A", "1")));
    for (String name :
        List.of("Connection", "X-Forwarded-For", "Origin", "X-Custom", "Authorization")) {
      isQuick(name, () -> gate.admit(request("POST", "/mcp", name, text)));
    }
    isQuick("preflight", () -> gate.admit(preflight(text)));
  }

  private static InboundRequest request(String method, String path, String name, String value) {
    return new InboundRequest(
        method,
        path,
        null,
        List.of(new HeaderField("Authorization", TOKEN), new HeaderField(name, value)),
        "127.0.0.1");
  }

  private static InboundRequest preflight(String headers) {
    return new InboundRequest(
        "OPTIONS",
        "/mcp",
        null,
        List.of(
            new HeaderField("Origin", "https://app.example"),
            new HeaderField("Access-Control-Request-Method", "POST"),
            new HeaderField("Access-Control-Request-Headers", headers)),
        "127.0.0.1");
  }

  /** One of some tries is within the limit; the first ones run uncompiled code. */
  private static void isQuick(String name, Runnable parser) {
    Duration best = LIMIT;
    for (int i = 0; i < TRIES && best.compareTo(LIMIT) >= 0; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      parser.run();
      best = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
    }
    assertThat(best).as(name).isLessThan(LIMIT);
  }
}
