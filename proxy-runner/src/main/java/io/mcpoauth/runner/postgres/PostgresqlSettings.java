package io.mcpoauth.runner.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server's two configuration files, written before each start: nothing else is in force. */
final class PostgresqlSettings {
  private static final String SERVER =
      """
      # Written at each start; changes are lost.
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      password_encryption = 'scram-sha-256'
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      max_connections = 60
      shared_buffers = '32MB'
      timezone = 'UTC'
      log_timezone = 'UTC'
      """;

  private static final String CLIENTS =
      """
      # Written at each start; changes are lost.
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private PostgresqlSettings() {}

  static void write(Path data, int port) throws IOException {
    Files.writeString(data.resolve("postgresql.conf"), SERVER.formatted(port), UTF_8);
    Files.writeString(data.resolve("pg_hba.conf"), CLIENTS, UTF_8);
  }
}
