package io.mcpoauth.runner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.core.flow.Query;
import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.runner.e2e.CapturedLog;
import io.mcpoauth.runner.wire.TwoInstances.Setup;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A bug of ours, as the user sees it and as the operator finds it. */
class ErrorIdTest extends WireTest {

  private static final Pattern ID = Pattern.compile("[Ii]d: (?:<code>)?([0-9a-z]{8})");

  private final AtomicBoolean broken = new AtomicBoolean();

  ErrorIdTest(TwoInstances proxy) {
    super(proxy);
  }

  @Test
  void idOnThePageLeadsToTheCauseInTheLog_LG02() {
    try (CapturedLog log = new CapturedLog();
        Instance instance =
            proxy.another(
                Setup.standard().on(db -> PostgresStorage.on(breaking(db.dataSource()))))) {
      Wire unlucky = new Wire(instance);
      broken.set(true);
      HttpResponse<String> page =
          unlucky.authorize(Query.of("client_id", "client"), "Accept", "text/html");
      HttpResponse<String> json =
          unlucky.token(Query.of("grant_type", "refresh_token", "client_id", "client"));

      for (HttpResponse<String> answer : List.of(page, json)) {
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("a bug of ours");
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        assertThat(log.messages()).anyMatch(line -> line.contains("(error id " + id.group(1)));
      }
      assertThat(log.messages()).anyMatch(line -> line.contains("a bug of ours"));
      assertThat(page.body()).contains("Something went wrong");
    }
  }

  private DataSource breaking(DataSource source) {
    return Intercepted.of(
        DataSource.class,
        source,
        (method, arguments) -> {
          if (broken.get()) {
            throw new IllegalStateException("a bug of ours");
          }
          return arguments;
        });
  }
}
