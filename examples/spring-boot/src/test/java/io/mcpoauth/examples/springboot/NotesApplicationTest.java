package io.mcpoauth.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import io.mcpoauth.servlet.contract.FreePorts;
import io.mcpoauth.servlet.flow.McpConnection;
import io.mcpoauth.servlet.flow.SignInProvider;
import io.mcpoauth.servlet.flow.SignedInClient;
import java.net.URI;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class NotesApplicationTest {

  private static final SignInProvider provider = SignInProvider.start();
  private static final URI mcp = URI.create("http://localhost:" + FreePorts.next(1) + "/mcp");
  private static final ConfigurableApplicationContext application =
      run(TestPostgres.emptyDatabase());

  @AfterAll
  static void stop() {
    application.close();
    provider.close();
  }

  @Test
  void theApplicationKeepsNotesOfTheUserWhoSignedIn_S19() {
    SignedInClient client = SignedInClient.of(mcp);
    try (McpConnection connection = McpConnection.open(mcp, client.tokens().accessToken())) {
      assertThat(connection.call("note", Map.of("text", "first"))).isEqualTo("zoe-1 has notes: 1");
      assertThat(connection.call("note", Map.of("text", "again"))).isEqualTo("zoe-1 has notes: 2");
    }
    assertThat(client.flow().callMcp("").statusCode()).isEqualTo(401);
  }

  @Test
  void theMigrationsOfBothKeepToTheirOwnHistory() {
    JdbcClient database = JdbcClient.create(application.getBean(DataSource.class));
    assertThat(migrations(database, "public.flyway_schema_history")).isEqualTo(1);
    assertThat(migrations(database, "mcp_oauth.schema_history")).isPositive();
    assertThat(
            database
                .sql("select table_name from information_schema.tables where table_schema = ?")
                .param("public")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("flyway_schema_history", "notes");
  }

  private static int migrations(JdbcClient database, String history) {
    return database
        .sql("select count(*) from " + history + " where type = 'SQL'")
        .query(Integer.class)
        .single();
  }

  private static ConfigurableApplicationContext run(TestDatabase database) {
    URI dsn = URI.create(database.dsnText());
    return SpringApplication.run(
        NotesApplication.class,
        "--spring.main.banner-mode=off",
        "--server.port=" + mcp.getPort(),
        "--spring.datasource.url=jdbc:postgresql://localhost:" + dsn.getPort() + dsn.getPath(),
        "--spring.datasource.username=postgres",
        "--spring.datasource.password=postgres",
        "--sign-in.base-url=" + mcp.resolve("/").toString().replaceAll("/$", ""),
        "--sign-in.provider-url=" + provider.issuer(),
        "--sign-in.client-id=notes",
        "--sign-in.client-secret=s3cret",
        "--sign-in.encryption-key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
  }
}
