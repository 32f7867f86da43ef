package io.mcpoauth.runner.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpoauth.core.protocol.Parameters;
import io.mcpoauth.runner.command.CommandLineRun;
import io.mcpoauth.runner.e2e.ProxyPair.Approved;
import io.mcpoauth.servlet.flow.FlowDriver.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands on the database of a running proxy. */
class OperatorCommandsTest {

  private ProxyPair pair;
  private Approved user;
  private Tokens tokens;
  private List<Parameters> returnedBefore;

  @BeforeEach
  void signIn() {
    pair = ProxyPair.inOrder();
    user = pair.approve("operator's user");
    tokens = user.finish();
    returnedBefore = pair.provider.revocations();
  }

  @Test
  void removedClientsTokensEndAndGoBackToTheProvider_RV11() {
    CommandLineRun run = run(pair.settings(), "delete-client", "--client-id", user.clientId());

    assertThat(run.exitCode()).as(run.err()).isZero();
    isShutOut();
    assertThat(pair.provider.revocations()).hasSizeGreaterThan(returnedBefore.size());
  }

  @Test
  void withoutTheSettingsOfTheProxyTheProviderIsNotAsked() {
    CommandLineRun run = run(databaseAlone(), "delete-client", "--client-id", user.clientId());

    assertThat(run.exitCode()).as(run.err()).isZero();
    isShutOut();
    assertThat(pair.provider.revocations()).hasSameSizeAs(returnedBefore);
  }

  @Test
  void grantsOfAUserEndAndAreNoted() {
    String id = pair.lastUserOf(user.clientId());
    try (CapturedLog log = new CapturedLog()) {
      CommandLineRun run = run(pair.settings(), "end-grants", "--user", id);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(log.messages())
          .anyMatch(line -> line.startsWith("event=operator_acted command=end-grants subject="))
          .anyMatch(
              line -> line.matches("event=grant_revoked grant_id=\\S+ reason=operator_request"));
    }
    isShutOut();
    assertThat(pair.provider.revocations()).hasSizeGreaterThan(returnedBefore.size());
  }

  @Test
  void grantsOfAClientOrOfATimeEnd() {
    assertThat(run(databaseAlone(), "end-grants", "--client-id", "another").out())
        .isEqualTo("Grants that ended: 0.\n");
    assertThat(run(databaseAlone(), "end-grants", "--made-before", "2020-01-01T00:00:00Z").out())
        .isEqualTo("Grants that ended: 0.\n");
    assertThat(run(databaseAlone(), "end-grants", "--client-id", user.clientId()).exitCode())
        .isZero();
    isShutOut();
  }

  @Test
  void commandMustSayWhoseGrantsEnd() {
    assertThat(run(databaseAlone(), "end-grants").exitCode()).isEqualTo(2);
    assertThat(run(databaseAlone(), "end-grants", "--all", "--user", "x").exitCode()).isEqualTo(2);
    assertThat(run(databaseAlone(), "end-grants", "--made-before", "yesterday").exitCode())
        .isEqualTo(2);
    assertThat(run(databaseAlone(), "end-grants", "--made-before", "9999-01-01T00:00:00Z").err())
        .contains("Say whose grants end");
    assertThat(status()).isEqualTo(200);
  }

  private Map<String, String> databaseAlone() {
    return Map.of("DATABASE_DSN", pair.settings().get("DATABASE_DSN"));
  }

  private void isShutOut() {
    await().until(() -> status() == 401);
    assertThat(user.flow().refresh(user.metadata(), user.clientId(), tokens.refreshToken()).body())
        .contains("invalid_");
  }

  private int status() {
    return user.flow().callMcp(tokens.accessToken()).statusCode();
  }

  private static CommandLineRun run(Map<String, String> settings, String... arguments) {
    return CommandLineRun.of(settings, arguments);
  }
}
