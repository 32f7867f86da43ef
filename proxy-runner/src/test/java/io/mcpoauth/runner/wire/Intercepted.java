package io.mcpoauth.runner.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Objects of an interface whose calls a test sees before they are made. */
final class Intercepted {

  private Intercepted() {}

  /** Looks at a call before it is made; gives the arguments for it. */
  interface Before {
    Object @Nullable [] call(Method method, Object @Nullable [] arguments) throws Exception;
  }

  static <T> T of(Class<T> type, T target, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            Intercepted.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return method.invoke(target, before.call(method, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
