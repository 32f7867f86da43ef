package io.mcpoauth.runner.wire;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that leave nothing behind the same two instances, and the same one between bare
 * sockets: they start once per run.
 */
final class SharedInstances implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedInstances.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TwoInstances.class || type == RawRig.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getRoot().getStore(NAMESPACE);
    return parameter.getParameter().getType() == RawRig.class
        ? store.computeIfAbsent(RawRig.class, type -> new RawRig(two(store)), RawRig.class)
        : two(store);
  }

  private static TwoInstances two(Store store) {
    return store.computeIfAbsent(
        TwoInstances.class, type -> TwoInstances.start(), TwoInstances.class);
  }
}
