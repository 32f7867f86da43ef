package io.mcpoauth.runner.command;

import io.mcpoauth.runner.lifecycle.LogQueue;
import io.mcpoauth.runner.lifecycle.RunningProxy;
import io.mcpoauth.runner.lifecycle.StartFailure;
import io.mcpoauth.runner.postgres.EmbeddedPostgresqlException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs a proxy until the process is told to stop (SIGTERM, Ctrl-C). Then requests may end, and the
 * process ends with 0 when all of them did.
 */
final class UntilStopped {

  private final Terminal terminal;
  private final Consumer<Thread> atShutdown;

  UntilStopped(Terminal terminal) {
    this(terminal, Runtime.getRuntime()::addShutdownHook);
  }

  /**
   * The same elsewhere.
   *
   * @param atShutdown gets what has to run when the process is told to stop
   */
  UntilStopped(Terminal terminal, Consumer<Thread> atShutdown) {
    this.terminal = terminal;
    this.atShutdown = atShutdown;
  }

  /** Returns only when the proxy does not start. */
  int run(Supplier<RunningProxy> start, Consumer<RunningProxy> onStarted) {
    // Known to the hook from the start: a stop during the start must not leave a database behind.
    CompletableFuture<RunningProxy> running = new CompletableFuture<>();
    atShutdown.accept(new Thread(() -> stop(running), "stop"));
    try {
      RunningProxy proxy = start.get();
      onStarted.accept(proxy);
      running.complete(proxy);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } catch (StartFailure | EmbeddedPostgresqlException e) {
      running.cancel(false);
      terminal.err().println(e.getMessage());
      return ExitCode.FAILED;
    } catch (RuntimeException | Error e) {
      running.cancel(false);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  /** Halts, because after a signal the exit code would be that of the signal. */
  private static void stop(CompletableFuture<RunningProxy> running) {
    RunningProxy proxy;
    try {
      proxy = running.join();
    } catch (CancellationException e) {
      // It did not start: the program ends by itself, and says why.
      return;
    }
    boolean drained = proxy.stop();
    LogQueue.flush();
    Runtime.getRuntime().halt(drained ? ExitCode.OK : ExitCode.FAILED);
  }
}
