package io.mcpoauth.runner.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.jdbc.PostgresDsn;
import io.mcpoauth.jdbc.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A network between an instance and its database, which loses a connection at the worst moment. */
final class DatabaseRelay implements AutoCloseable {

  /** When a connection is lost. */
  enum Cut {
    /** The statement never gets to the database. */
    BEFORE_THE_STATEMENT,
    /** The database has committed the statement, and nobody hears of it. */
    AFTER_THE_COMMIT
  }

  private record Plan(String statement, Cut cut) {}

  private final TestDatabase database;
  private final URI dsn;
  private final ServerSocket entry;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Plan> plan = new AtomicReference<>();
  private volatile Duration delay = Duration.ZERO;
  private final AtomicInteger cuts = new AtomicInteger();

  DatabaseRelay(TestDatabase database) {
    this.database = database;
    this.dsn = URI.create(database.dsnText());
    try {
      entry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** The way to the database through this network. */
  PostgresDsn dsn() {
    return PostgresDsn.parse(
        Secret.of(
            database
                .dsnText()
                .replace("@localhost:" + dsn.getPort(), "@127.0.0.1:" + entry.getLocalPort())));
  }

  /**
   * Loses the connection on which the next such statement comes.
   *
   * @param statement a part of its text, in which all white space is one space
   */
  void cutNext(String statement, Cut cut) {
    plan.set(new Plan(statement, cut));
  }

  /** Lets whatever goes to the database take so much longer. */
  void delayEachStatement(Duration time) {
    delay = time;
  }

  /** How many connections were lost. */
  int cuts() {
    return cuts.get();
  }

  @Override
  public void close() {
    closeQuietly(entry);
    sockets.forEach(DatabaseRelay::closeQuietly);
  }

  private void accept() {
    while (!entry.isClosed()) {
      try {
        Socket client = entry.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), dsn.getPort());
        Line line = new Line(client, server);
        sockets.add(client);
        sockets.add(server);
        start(line::carryRequests);
        start(line::carryAnswers);
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  /** One connection. */
  private final class Line {

    private final Socket client;
    private final Socket server;
    private volatile boolean answersAreLost;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void carryRequests() {
      carry(client, server, this::mayPass);
    }

    void carryAnswers() {
      carry(server, client, bytes -> !answersAreLost);
    }

    /** The driver writes a statement at once, so that it comes in one piece. */
    private boolean mayPass(String request) {
      LockSupport.parkNanos(delay.toNanos());
      Plan due = plan.get();
      if (due == null || !request.replaceAll("\\s+", " ").contains(due.statement())) {
        return true;
      }
      plan.set(null);
      cuts.incrementAndGet();
      answersAreLost = due.cut() == Cut.AFTER_THE_COMMIT;
      return answersAreLost;
    }

    private void carry(Socket from, Socket to, Gate gate) {
      byte[] buffer = new byte[65536];
      try (from;
          to;
          InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          // The first byte of an answer comes when its statement is committed.
          if (!gate.mayPass(new String(buffer, 0, count, ISO_8859_1))) {
            return;
          }
          out.write(buffer, 0, count);
        }
      } catch (IOException e) {
        // The other direction was cut.
      }
    }
  }

  private interface Gate {
    boolean mayPass(String bytes);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "database-relay");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // It is closed in any case.
    }
  }
}
