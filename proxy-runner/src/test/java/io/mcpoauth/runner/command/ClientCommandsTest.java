package io.mcpoauth.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.jdbc.TestDatabase;
import io.mcpoauth.jdbc.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's commands on a real database. */
class ClientCommandsTest {

  private final TestDatabase database = TestPostgres.migratedDatabase();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void clientIsMadeListedAndDeleted() {
    assertThat(
            run(
                "create-client",
                "--name",
                "My \u202eclient\u0007",
                "--redirect-uri",
                "https://client.example/cb",
                "--redirect-uri",
                "http://127.0.0.1/cb"))
        .isZero();
    String id = member("client_id");
    assertThat(out.toString(UTF_8))
        .contains("https://client.example/cb", "http://127.0.0.1/cb", "refresh_token")
        .doesNotContain("client_secret\"");

    assertThat(run("list-clients")).isZero();
    assertThat(out.toString(UTF_8)).contains(id + "\tOPERATOR\tnone\t", "\tMy ?client?");

    assertThat(run("delete-client", "--client-id", id)).isZero();
    assertThat(run("list-clients")).isZero();
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(run("delete-client", "--client-id", id)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("There is no such client.");
  }

  @Test
  void secretIsPrintedOnceAndNotStored() {
    assertThat(
            run(
                "create-client",
                "--name=C",
                "--redirect-uri=https://client.example/cb",
                "--auth-method=client_secret_post"))
        .isZero();
    String secret = member("client_secret");
    assertThat(err.toString(UTF_8)).contains("not shown again").doesNotContain(secret);

    run("list-clients");
    assertThat(out.toString(UTF_8)).contains("client_secret_post").doesNotContain(secret);
  }

  @Test
  void resourceServerIsMade() {
    assertThat(run("create-client", "--name=RS", "--resource-server")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("\"resource\":\"https://proxy.example/auth/mcp\"", "\"client_secret\"");
  }

  @Test
  void resourceServerIsMadeForAnyMcpServer() {
    assertThat(run("create-client", "--name=RS", "--resource-server", "--resource=/files"))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("\"resource\":\"https://proxy.example/auth/files\"");

    for (String path :
        List.of("files", "/files/", "/files?a=b", "/files#a", "/a b", "/", "@evil")) {
      assertThat(run("create-client", "--name=RS", "--resource-server", "--resource=" + path))
          .as(path)
          .isEqualTo(2);
    }
  }

  @Test
  void clientWithKeysIsMade(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("jwks.json");
    Files.writeString(
        keys,
        """
        {"keys": [{"kty": "OKP", "crv": "Ed25519",
          "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
        """);

    assertThat(
            run(
                "create-client",
                "--name=C",
                "--redirect-uri=https://client.example/cb",
                "--auth-method=private_key_jwt",
                "--jwks-file=" + keys))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("Ed25519").doesNotContain("client_secret\"");
  }

  @Test
  void whatCannotWorkIsRefusedWithCode2() {
    String uri = "--redirect-uri=https://client.example/cb";
    assertThat(run("create-client", uri)).isEqualTo(2);
    assertThat(run("create-client", "--name=C")).isEqualTo(2);
    assertThat(run("create-client", "--name=C", "--redirect-uri=javascript:x")).isEqualTo(2);
    assertThat(run("create-client", "--name=C", "--redirect-uri=https://proxy.example/callback"))
        .isEqualTo(2);
    assertThat(run("create-client", "--name=C", uri, "--auth-method=private_key_jwt")).isEqualTo(2);
    assertThat(run("create-client", "--name=C", uri, "--jwks-file=/nowhere/to/be/found"))
        .isEqualTo(2);
    assertThat(run("delete-client")).isEqualTo(2);
    run("list-clients");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void databaseWithoutTablesIsAFailure() {
    TestDatabase empty = TestPostgres.emptyDatabase();

    assertThat(run(Map.of("DATABASE_DSN", empty.dsnText()), List.of("list-clients"))).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("The storage failed: ");
  }

  private String member(String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(out.toString(UTF_8));
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private int run(String... arguments) {
    Map<String, String> environment =
        Map.of(
            "DATABASE_DSN", database.dsnText(),
            "BASE_URL", "https://proxy.example",
            "ROUTE_PREFIX", "/auth");
    return run(environment, List.of(arguments));
  }

  private int run(Map<String, String> environment, List<String> arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), environment);
    return new Program(terminal).run(arguments.toArray(String[]::new));
  }
}
