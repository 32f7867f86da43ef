package io.mcpoauth.core.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What users can write against: some types to begin with, and all types of ours to which their
 * signatures lead. One line for each type, method, constructor and field.
 */
public final class PublicApi {

  private static final String OURS = "io.mcpoauth.";
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

  private final SortedSet<String> signatures = new TreeSet<>();
  private final SortedSet<String> foreignTypes = new TreeSet<>();
  private final SortedSet<String> seen = new TreeSet<>();
  private final Deque<Class<?>> toDo = new ArrayDeque<>();
  private final Predicate<Class<?>> described;

  private PublicApi(Predicate<Class<?>> described) {
    this.described = described;
  }

  /**
   * The API of a module.
   *
   * @param described which types belong to the module; of others nothing is said
   */
  public static PublicApi of(Predicate<Class<?>> described, Class<?>... beginnings) {
    PublicApi api = new PublicApi(described);
    Arrays.stream(beginnings).forEach(api::add);
    while (!api.toDo.isEmpty()) {
      api.describe(api.toDo.remove());
    }
    return api;
  }

  /** One line for each thing that is promised. */
  public SortedSet<String> signatures() {
    return signatures;
  }

  /** Whether a type of the module belongs to what is promised. */
  public boolean contains(String typeName) {
    return signatures.stream().anyMatch(line -> line.startsWith(typeName + ": "));
  }

  /** The types in signatures that are neither ours nor the JDK's. */
  public SortedSet<String> foreignTypes() {
    return foreignTypes;
  }

  private void describe(Class<?> type) {
    // Newer JDKs say whether a type is sealed, older ones do not.
    sign(type, type.toGenericString().replaceAll("\\b(non-)?sealed ", ""));
    add(type.getGenericSuperclass());
    Arrays.stream(type.getGenericInterfaces()).forEach(this::add);
    Arrays.stream(type.getClasses()).forEach(this::add);
    for (Field field : type.getDeclaredFields()) {
      if (isPromised(field)) {
        sign(type, field.toGenericString());
        add(field.getGenericType());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isPromised(constructor)) {
        sign(type, constructor.toGenericString());
        Arrays.stream(constructor.getGenericParameterTypes()).forEach(this::add);
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isPromised(method) && !method.isSynthetic() && !isEveryObjects(method)) {
        sign(type, method.toGenericString());
        add(method.getGenericReturnType());
        Arrays.stream(method.getGenericParameterTypes()).forEach(this::add);
      }
    }
  }

  private void sign(Class<?> type, String signature) {
    signatures.add(type.getName() + ": " + words(signature));
  }

  /** Without what a caller cannot tell. */
  private static String words(String signature) {
    return signature.replaceAll("\\b(synchronized|native|strictfp|transient|volatile) ", "");
  }

  private static boolean isPromised(Member member) {
    return Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
  }

  private static boolean isEveryObjects(Method method) {
    return OF_EVERY_OBJECT.contains(method.getName());
  }

  private void add(Type type) {
    if (type instanceof Class<?> plain) {
      addClass(plain);
    } else if (type instanceof ParameterizedType parameterized) {
      add(parameterized.getRawType());
      Arrays.stream(parameterized.getActualTypeArguments()).forEach(this::add);
    } else if (type instanceof GenericArrayType array) {
      add(array.getGenericComponentType());
    } else if (type instanceof WildcardType wildcard) {
      Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
      Arrays.stream(wildcard.getLowerBounds()).forEach(this::add);
    } else if (type instanceof TypeVariable<?> variable && seen.add("variable " + variable)) {
      Arrays.stream(variable.getBounds()).forEach(this::add);
    }
  }

  private void addClass(Class<?> type) {
    if (type.isArray()) {
      addClass(type.getComponentType());
    } else if (!type.isPrimitive() && seen.add(type.getName())) {
      if (described.test(type)) {
        toDo.add(type);
      } else if (!type.getName().startsWith("java") && !type.getName().startsWith(OURS)) {
        foreignTypes.add(type.getName());
      }
    }
  }
}
