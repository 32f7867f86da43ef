package io.mcpoauth.core.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract against something that is broken on purpose. */
public final class ContractFailures {

  private ContractFailures() {}

  /** The names of the tests in that class that fail. */
  public static Set<String> of(Class<?> contract) {
    return of(List.of(selectClass(contract)));
  }

  /** Which of those tests without parameters in that class fail. */
  public static Set<String> of(Class<?> contract, String... tests) {
    return of(Arrays.stream(tests).map(test -> selectMethod(contract, test)).toList());
  }

  private static Set<String> of(List<? extends DiscoverySelector> selectors) {
    Set<String> failed = new TreeSet<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                  failed.add(test.getDisplayName());
                }
              }
            });
    return failed;
  }
}
