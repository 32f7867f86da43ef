package io.mcpoauth.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpoauth.core.secret.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresDsnTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgres://user:pw@host:5433/db             | host      | 5433 | db     | user
          postgresql://user:pw@host/db                | host      | 5432 | db     | user
          POSTGRES://user:pw@db.example.com:1/db      | db.example.com | 1 | db    | user
          postgres://user@host/db                     | host      | 5432 | db     | user
          postgres://user:pw@[::1]:6543/db            | [::1]     | 6543 | db     | user
          postgres://user:pw@[fe80::1]/db             | [fe80::1] | 5432 | db     | user
          postgres://user:pw@127.0.0.1/db             | 127.0.0.1 | 5432 | db     | user
          postgres://us%40er:p%2Fw%3F@host/d%20b      | host      | 5432 | d b    | us@er
          postgres://us%C3%A9r:pw@host/db?sslmode=disable | host  | 5432 | db     | usér
          """)
  void wellFormedDsnIsRead(String text, String host, int port, String database, String user) {
    PostgresDsn dsn = parse(text);

    assertThat(dsn.host()).isEqualTo(host);
    assertThat(dsn.port()).isEqualTo(port);
    assertThat(dsn.database()).isEqualTo(database);
    assertThat(dsn.user()).isEqualTo(user);
  }

  @Test
  void passwordReachesTheDriverDecodedAndNothingElse() {
    PostgresDsn dsn = parse("postgres://user:p%40s%2Fs:w%25rd+%C3%BC@host/db");

    assertThat(((PGSimpleDataSource) dsn.dataSource()).getPassword()).isEqualTo("p@s/s:w%rd+ü");
    assertThat(dsn.toString()).isEqualTo("postgres://user@host:5432/db");
  }

  @Test
  void optionsReachTheDriverUnderItsOwnNames() {
    PostgresDsn dsn =
        parse(
            "postgres://user:pw@host/db?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
                + "&connect_timeout=9&application_name=mine");

    assertThat(dsn.options())
        .isEqualTo(
            Map.of(
                "sslmode", "verify-full",
                "sslrootcert", "/etc/ca.pem",
                "connectTimeout", "9",
                "ApplicationName", "mine"));
    PGSimpleDataSource source = dsn.boundedDataSource(0);
    assertThat(source.getSslMode()).isEqualTo("verify-full");
    assertThat(source.getConnectTimeout()).isEqualTo(9);
    assertThat(source.getSocketTimeout()).isEqualTo(PostgresDsn.SOCKET_SECONDS);
  }

  @Test
  void driverIsGivenAnAddressOfIpv6() {
    assertThat(((PGSimpleDataSource) parse("postgres://u:p@[::1]:6543/db").dataSource()).getUrl())
        .startsWith("jdbc:postgresql://[::1]:6543/db");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mysql://user:hunter2@host/db                    | must begin with postgres://
          jdbc:postgresql://user:hunter2@host/db          | must begin with postgres://
          host=localhost password=hunter2                 | must begin with postgres://
          postgres://host/db                              | must name a user
          postgres://:hunter2@host/db                     | has an empty user
          postgres://user:hunter2@/db                     | must have one host
          postgres://user:hunter2@ho st/db                | must have one host
          postgres://user:hunter2@a:1,b:2/db              | must have
          postgres://user:hunter2@::1/db                  | must have
          postgres://user:hunter2@host:0/db               | must have a port
          postgres://user:hunter2@host:65536/db           | must have a port
          postgres://user:hunter2@host:/db                | must have a port
          postgres://user:hunter2@host:hunter2/db         | must have a port
          postgres://user:hunter2@host                    | must name a database
          postgres://user:hunter2@host/                   | must name a database
          postgres://user:hunter2@host/?sslmode=disable   | must name a database
          postgres://user:hunter2/x@host/db               | percent-encode special characters
          postgres://user:hunter2?x@host/db               | percent-encode special characters
          postgres://user:hunter2%@host/db                | has a % in its password
          postgres://user:hunter2%zz@host/db              | has a % in its password
          postgres://user:hunter2%ff@host/db              | has a password that is not UTF-8
          postgres://user:hunter2%00@host/db              | has a password that is not UTF-8
          postgres://user:hunter2@host/db?sslmod=require  | has an unknown option: sslmod
          postgres://user:hunter2@host/db?sslmode=yes     | must have an sslmode of
          postgres://user:hunter2@host/db?sslmode=disable&sslmode=require | option sslmode twice
          postgres://user:hunter2@host/db?password=hunter2 | must not have the option password
          postgres://user:hunter2@host/db?hunter2=1       | has an unknown option
          """)
  void malformedDsnIsRefusedWithoutItsPassword(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "postgres", "postgres:", "postgres://", "postgres:///db", "%"})
  void shortDsnIsRefused(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static PostgresDsn parse(String text) {
    return PostgresDsn.parse(Secret.of(text));
  }
}
