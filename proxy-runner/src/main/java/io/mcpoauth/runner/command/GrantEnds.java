package io.mcpoauth.runner.command;

import io.mcpoauth.core.audit.AuditEvent;
import io.mcpoauth.core.audit.AuditLog;
import io.mcpoauth.core.internal.access.EndGrants;
import io.mcpoauth.core.internal.access.TokenReturn;
import io.mcpoauth.core.internal.access.WatchedGrants;
import io.mcpoauth.core.internal.profile.GrantProfiles;
import io.mcpoauth.core.model.Grant;
import io.mcpoauth.core.secret.SecretSource;
import io.mcpoauth.core.spi.storage.GrantSelection;
import io.mcpoauth.core.spi.storage.GrantStore.RevocationReason;
import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.runner.config.ConfigurationOutcome;
import io.mcpoauth.runner.config.ConfigurationOutcome.Configured;
import io.mcpoauth.runner.config.RunnerConfig;
import io.mcpoauth.runner.lifecycle.SignInProviders;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends grants by command as the running proxy does: each end is audited, and tokens that nobody
 * needs any more go back to their provider. The latter takes the settings of the proxy; where they
 * are not given, the tokens end when the provider says so.
 */
final class GrantEnds {

  private static final int CALLS_AT_A_TIME = 8;

  /** More than so many wait for nobody: a provider may be slow, and what counts is our own end. */
  private static final int MAX_WAITING = 10_000;

  private static final int LONGEST_WAIT_SECONDS = 60;

  private final AuditLog audit;
  private final @Nullable RunnerConfig config;

  private GrantEnds(AuditLog audit, @Nullable RunnerConfig config) {
    this.audit = audit;
    this.config = config;
  }

  /** Ends that those settings allow for. */
  static GrantEnds of(ConfigurationOutcome<RunnerConfig> settings) {
    return new GrantEnds(
        AuditLog.toLogger(),
        settings instanceof Configured<RunnerConfig> configured
            ? configured.configuration()
            : null);
  }

  void note(AuditEvent event) {
    audit.write(event);
  }

  /** Returns when all have ended, and the providers know; answers how many there were. */
  long end(Storage storage, GrantSelection selection, RevocationReason reason) {
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            CALLS_AT_A_TIME,
            CALLS_AT_A_TIME,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING));
    try {
      Consumer<Grant> afterwards = afterwards(storage, calls);
      return new EndGrants(new WatchedGrants(storage.grants(), change -> {}, audit, afterwards))
          .end(selection, reason);
    } finally {
      await(calls);
    }
  }

  private Consumer<Grant> afterwards(Storage storage, Executor calls) {
    RunnerConfig given = config;
    return given == null
        ? grant -> {}
        : new TokenReturn(
                storage.grants(),
                new GrantProfiles(given.keys().encryption(), SecretSource.system()),
                SignInProviders.of(given.signIn()),
                calls)
            ::after;
  }

  private static void await(ThreadPoolExecutor calls) {
    calls.shutdown();
    try {
      if (!calls.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        calls.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
