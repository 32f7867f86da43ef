package io.mcpoauth.runner.jetty;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads of the server. When an answer is complete, Jetty asks for a thread to read the next
 * request of the connection; here the one that wrote the answer does so, since no handler of ours
 * waits, and to wake another costs more than to read.
 */
final class ConnectionThreads extends QueuedThreadPool {

  ConnectionThreads() {
    setName("http");
  }

  @Override
  public void execute(Runnable job) {
    if (job instanceof Connection) {
      job.run();
    } else {
      super.execute(job);
    }
  }
}
