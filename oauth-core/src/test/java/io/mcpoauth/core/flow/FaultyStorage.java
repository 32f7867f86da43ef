package io.mcpoauth.core.flow;

import static java.util.Objects.requireNonNull;

import io.mcpoauth.core.spi.storage.Storage;
import io.mcpoauth.core.spi.storage.StorageException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A storage that counts what it answers, and of which single verbs can be out of order for a while,
 * or come too late.
 */
final class FaultyStorage {

  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final Map<String, Runnable> preceding = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> answers = new ConcurrentHashMap<>();
  private final Storage storage;

  FaultyStorage(Storage storage) {
    this.storage = wrapped(Storage.class, storage);
  }

  Storage storage() {
    return storage;
  }

  /** From now on the verbs of that name change nothing and throw. */
  void breakDown(String verb) {
    broken.add(verb);
  }

  void repair(String verb) {
    broken.remove(verb);
  }

  /** When the verb of that name is called next, somebody else has just done that. */
  void precede(String verb, Runnable act) {
    preceding.put(verb, act);
  }

  /** How often the verb of that name has answered. */
  int answers(String verb) {
    return answers.getOrDefault(verb, 0);
  }

  /** Wraps the stores that a storage hands out as well. */
  private <T> T wrapped(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (broken.contains(method.getName())) {
                throw new StorageException("broken for a test", new IllegalStateException());
              }
              Runnable act = preceding.remove(method.getName());
              if (act != null) {
                act.run();
              }
              try {
                Object result = method.invoke(target, arguments);
                answers.merge(method.getName(), 1, Integer::sum);
                return type == Storage.class && method.getReturnType().isInterface()
                    ? wrapped(method.getReturnType(), result)
                    : result;
              } catch (InvocationTargetException e) {
                throw requireNonNull(e.getCause());
              }
            }));
  }
}
