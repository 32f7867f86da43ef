package io.mcpoauth.runner.wire;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** A data source in whose statements one guard holds always, as if a release had forgotten it. */
final class SqlWithout {

  private static final String ALWAYS = "true ";
  private static final String ALWAYS_BEFORE = "true or ";

  private final Pattern guard;
  private final AtomicInteger removals = new AtomicInteger();

  /**
   * Without what the regular expression finds. One that finds a place of no length stands before a
   * comparison whose parameters must stay.
   */
  SqlWithout(String guard) {
    this.guard = Pattern.compile(guard);
  }

  DataSource of(DataSource source) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          Object result = method.invoke(source, arguments);
          return result instanceof Connection connection ? of(connection) : result;
        };
    return (DataSource)
        Proxy.newProxyInstance(
            SqlWithout.class.getClassLoader(), new Class<?>[] {DataSource.class}, handler);
  }

  /** How often the guard was found. */
  int removals() {
    return removals.get();
  }

  private Connection of(Connection connection) {
    return Intercepted.of(
        Connection.class,
        connection,
        (method, arguments) -> {
          if (arguments != null && method.getName().equals("prepareStatement")) {
            arguments[0] = withoutGuard((String) arguments[0]);
          }
          return arguments;
        });
  }

  private String withoutGuard(String sql) {
    return guard
        .matcher(sql)
        .replaceAll(
            found -> {
              removals.incrementAndGet();
              return found.group().isEmpty() ? ALWAYS_BEFORE : ALWAYS;
            });
  }
}
