package io.mcpoauth.runner.wire;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that leave nothing behind the same two instances: they start once per run. */
final class SharedInstances implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedInstances.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TwoInstances.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return of(context);
  }

  /** The two of this run. */
  static TwoInstances of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(TwoInstances.class, type -> TwoInstances.start(), TwoInstances.class);
  }
}
