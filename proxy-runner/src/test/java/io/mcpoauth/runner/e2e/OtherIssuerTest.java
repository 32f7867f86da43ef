package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.runner.command.CommandLineRun;
import io.mcpoauth.servlet.contract.FreePorts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Instances of two issuers on one database would refuse each other's tokens. */
class OtherIssuerTest {

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final int port = FreePorts.next(2);

  @Test
  void secondIsNotReadyAndNamesTheDifference_CF07() throws Exception {
    try (RunningInstance first = RunningInstance.inProcess(settings(port), address(port));
        CapturedLog log = new CapturedLog();
        RunningInstance second = RunningInstance.start(settings(port + 1))) {
      assertThat(first).isNotSameAs(second);
      await()
          .until(
              () ->
                  log.messages().stream()
                      .anyMatch(
                          line ->
                              line.contains(address(port) + ",")
                                  && line.contains(address(port + 1) + ";")));
      assertThat(ready(port + 1)).isEqualTo(503);
      assertThat(ready(port)).isEqualTo(200);
    }
  }

  @Test
  void storageIsHandedOverByCommand_CF07() throws Exception {
    RunningInstance.inProcess(settings(port), address(port)).close();

    CommandLineRun run = CommandLineRun.of(settings(port + 1), "change-issuer");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("The storage belongs to " + address(port + 1) + ".\n");
    try (RunningInstance moved = RunningInstance.inProcess(settings(port + 1), address(port + 1))) {
      assertThat(moved).isNotNull();
      assertThat(ready(port + 1)).isEqualTo(200);
    }
  }

  private Map<String, String> settings(int at) {
    Map<String, String> settings = new HashMap<>(ProxyPair.inOrder().settings());
    settings.put("DATABASE_DSN", database.dsnText());
    settings.put("PORT", String.valueOf(at));
    settings.put("BASE_URL", address(at).toString());
    return settings;
  }

  private static URI address(int port) {
    return URI.create("http://localhost:" + port);
  }

  private static int ready(int port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address(port).resolve("/health/ready").toURL().openConnection();
    return connection.getResponseCode();
  }
}
