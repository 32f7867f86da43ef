package io.mcpoauth.benchmarks.rig;

import io.mcpoauth.jdbc.PostgresStorage;
import io.mcpoauth.jdbc.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything that stands around a proxy; closed in reverse order. */
public final class ProxyRig implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final WorkFolder folder;
  private final PostgresServer database;
  private final PostgresStorage storage;

  /** A database with our tables, and nothing else yet. */
  public ProxyRig() {
    folder = add(new WorkFolder());
    database = add(new PostgresServer(folder));
    Schema.at(database.parsedDsn()).migrate();
    storage = add(PostgresStorage.connect(database.parsedDsn(), 16));
  }

  /** Takes over a part. */
  public <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Where logs and configurations go. */
  public WorkFolder folder() {
    return folder;
  }

  /** The database. */
  public PostgresServer database() {
    return database;
  }

  /** Storage on the database, in this process. */
  public PostgresStorage storage() {
    return storage;
  }

  /** A proxy, once it listens. */
  public ProxyServer proxy(Jvm jvm, int upstream) {
    return add(ProxyServer.started(folder, jvm, database, upstream));
  }

  /** The grants of a proxy. */
  public Grants grants(ProxyServer proxy) {
    Grants grants = new Grants(storage, proxy.issuer(), proxy.resource());
    grants.registerClient();
    return grants;
  }

  /** Many of a thing that takes a round trip to make. */
  public static List<String> many(int count, Supplier<String> maker) {
    return Stream.generate(maker).parallel().limit(count).toList();
  }

  @Override
  public void close() {
    List<Exception> failures = new ArrayList<>();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a part did not end", failures.get(0));
    }
  }
}
