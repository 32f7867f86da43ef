package io.mcpoauth.runner.e2e;

import io.mcpoauth.runner.config.DemoConfig;
import io.mcpoauth.runner.config.ListenAddress;
import io.mcpoauth.runner.lifecycle.DemoMode;
import io.mcpoauth.runner.lifecycle.RunningProxy;
import io.mcpoauth.servlet.contract.FreePorts;
import java.net.InetAddress;
import java.nio.file.Path;

/** Demo mode, with everything around the proxy. */
final class DemoInstance {

  private DemoInstance() {}

  /** Starts it with its data in that folder; returns when it can serve requests. */
  static RunningProxy start(Path folder) {
    // Demo mode takes the two ports above as well.
    int port = FreePorts.next(3);
    ListenAddress address = new ListenAddress(InetAddress.getLoopbackAddress(), port);
    RunningProxy demo = DemoMode.start(new DemoConfig(address, folder.resolve("data")));
    RunningInstance.awaitReady(demo.issuer());
    return demo;
  }
}
