package io.mcpoauth.runner.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.secret.SecretSource;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresqlTest {
  private static final SecretSource RANDOM = SecretSource.system();
  private static Path template = Path.of("");

  private final Path folder;

  EmbeddedPostgresqlTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The first start, from nothing, takes seconds: one test after another continues from there. */
  @BeforeAll
  static void makeTheTemplate(@TempDir Path shared) {
    template = shared.resolve("postgres");
    EmbeddedPostgresql.start(template, RANDOM).close();
  }

  @BeforeEach
  void copyTheTemplate() throws Exception {
    Process copy = new ProcessBuilder("cp", "-a", template.toString(), folder.toString()).start();
    assertThat(copy.waitFor()).isZero();
  }

  @Test
  void rowsAreStillThereAfterARestart() throws Exception {
    try (EmbeddedPostgresql first = start()) {
      execute(first, "create table note (text text)");
      execute(first, "insert into note values ('kept')");
    }
    try (EmbeddedPostgresql second = start()) {
      assertThat(text(second, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void dataIsDurableAndServedOnLoopbackOnly() throws Exception {
    try (EmbeddedPostgresql server = start()) {
      assertThat(text(server, "show fsync")).isEqualTo("on");
      assertThat(text(server, "show synchronous_commit")).isEqualTo("on");
      assertThat(text(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(server, "show unix_socket_directories")).isEmpty();
      assertThat(
              text(server, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndTheRightOneIsPrivate() throws Exception {
    try (EmbeddedPostgresql server = start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "guess").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(server.toString()).doesNotContain(server.password().expose());
      assertThat(mode(folder.resolve("postgres"))).isEqualTo("rwx------");
      assertThat(mode(folder.resolve("postgres/superuser-password"))).isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondStartOnTheSameFolderNamesTheProcessThatUsesIt() {
    try (EmbeddedPostgresql first = start()) {
      assertThat(first.dsn().expose()).startsWith("postgres://postgres:");
      assertThatThrownBy(this::start)
          .isInstanceOf(EmbeddedPostgresqlException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aServerLeftBehindByAKilledProcessIsReplaced() throws Exception {
    Process killed = startInAnotherJvm();
    long leftOver = postmasterPid();
    killed.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(leftOver)).isPresent();

    try (EmbeddedPostgresql server = start()) {
      assertThat(postmasterPid()).isNotEqualTo(leftOver);
      assertThat(text(server, "select text from note")).isEqualTo("committed");
    }
  }

  @Test
  void aFolderInUseByAnotherProcessIsRefused() throws Exception {
    Process other = startInAnotherJvm();
    try {
      assertThatThrownBy(this::start)
          .isInstanceOf(EmbeddedPostgresqlException.class)
          .hasMessageContaining("process " + other.pid());
    } finally {
      other.getOutputStream().close();
      assertThat(other.waitFor()).isZero();
    }
  }

  @Test
  void aPidFileThatNamesAnotherProgramSignalsNobody() throws Exception {
    start().close();
    Path pidFile = folder.resolve("postgres/cluster/postmaster.pid");
    Files.writeString(pidFile, ProcessHandle.current().pid() + "\n", UTF_8);

    try (EmbeddedPostgresql server = start()) {
      assertThat(text(server, "select 'alive'")).isEqualTo("alive");
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsRefusedWithBothVersions() throws Exception {
    start().close();
    Files.writeString(folder.resolve("postgres/cluster/PG_VERSION"), "14\n", UTF_8);

    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedPostgresqlException.class)
        .hasMessageContaining("made by PostgreSQL 14")
        .hasMessageContaining("brings PostgreSQL 18");
  }

  private EmbeddedPostgresql start() {
    return EmbeddedPostgresql.start(folder.resolve("postgres"), RANDOM);
  }

  private Process startInAnotherJvm() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                folder.resolve("postgres").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
      assertThat(line).as("the other process ended").isNotNull();
    }
    return process;
  }

  private long postmasterPid() throws Exception {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("postgres/cluster/postmaster.pid"), UTF_8).get(0));
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void execute(EmbeddedPostgresql server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(EmbeddedPostgresql server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgresql server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password().expose());
  }

  /** Writes a row, says so, and then waits to be killed or to see the end of its input. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) throws Exception {
      try (EmbeddedPostgresql server = EmbeddedPostgresql.start(Path.of(arguments[0]), RANDOM)) {
        execute(server, "create table note as select 'committed' as text");
        System.out.println("ready");
        while (System.in.read() >= 0) {}
      }
    }
  }
}
