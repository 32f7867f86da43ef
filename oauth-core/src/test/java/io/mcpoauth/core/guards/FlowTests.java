package io.mcpoauth.core.guards;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of the flow; ends with 1 as soon as one fails, and with 0 when all pass. */
final class FlowTests {

  private static final String[] PACKAGES = {
    "io.mcpoauth.core.flow", "io.mcpoauth.core.memory", "io.mcpoauth.core.client.document"
  };

  private FlowTests() {}

  public static void main(String[] arguments) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(PACKAGES).map(DiscoverySelectors::selectPackage).toList())
            .build();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request, new FirstFailure());
    Runtime.getRuntime().halt(0);
  }

  private static final class FirstFailure implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        System.err.println(test.getUniqueId());
        Runtime.getRuntime().halt(1);
      }
    }
  }
}
