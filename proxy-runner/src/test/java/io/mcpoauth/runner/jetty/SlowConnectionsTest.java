package io.mcpoauth.runner.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.Test;

class SlowConnectionsTest {

  private static final Duration SHORT = Duration.ofMillis(20);

  @Test
  void connectionThatCannotBeLookedAtDoesNotEndTheWatch_SL01() throws Exception {
    CountDownLatch looks = new CountDownLatch(2);
    Connection closing =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("hashCode")) {
                    return 1;
                  }
                  looks.countDown();
                  throw new IllegalStateException("the end point is closing");
                });
    SlowConnections slow =
        new SlowConnections(new DefaultHandler(), new Patience(SHORT, SHORT, SHORT));
    slow.onOpened(closing);
    Server server = new Server();
    server.setHandler(slow);
    server.start();
    try {
      assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      server.stop();
    }
  }
}
