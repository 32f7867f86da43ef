package io.mcpoauth.core.protocol;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A set of scope tokens (RFC 6749 section 3.3) in the order in which they were named.
 *
 * <p>Two sets with the same tokens in another order are not {@code equal}, so that what was
 * answered once can be answered again to the letter; compare with {@link #containsAll}.
 */
public record Scopes(List<String> values) {

  private static final Scopes NONE = new Scopes(List.of());
  private static final int MAX_TOKENS = 100;
  private static final int MAX_LENGTH = 10_000;

  /**
   * @throws IllegalArgumentException when a token has a character that RFC 6749 forbids or stands
   *     twice
   */
  public Scopes {
    values = List.copyOf(values);
    if (!values.stream().allMatch(Scopes::isScopeToken)) {
      throw new IllegalArgumentException("not a scope token");
    }
    if (Set.copyOf(values).size() != values.size()) {
      throw new IllegalArgumentException("a scope token stands twice");
    }
  }

  /** No scope at all. */
  public static Scopes none() {
    return NONE;
  }

  /** These tokens. */
  public static Scopes of(String... tokens) {
    return new Scopes(List.of(tokens));
  }

  /**
   * Reads the {@code scope} parameter: tokens separated by spaces, doubles folded.
   *
   * @return empty when a token has a character that RFC 6749 section 3.3 forbids, or there are too
   *     many, or they are too long (DS-09)
   */
  public static Optional<Scopes> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Set<String> tokens = new LinkedHashSet<>();
    for (String token : text.split(" ", -1)) {
      if (token.isEmpty()) {
        continue;
      }
      if (!isScopeToken(token) || tokens.size() == MAX_TOKENS) {
        return Optional.empty();
      }
      tokens.add(token);
    }
    return Optional.of(new Scopes(List.copyOf(tokens)));
  }

  /** Whether this set holds no token. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether every token of the other set is in this one. */
  public boolean containsAll(Scopes other) {
    return values.containsAll(other.values);
  }

  /** The tokens of this set that the other one has too, in this set's order. */
  public Scopes retain(Scopes allowed) {
    return new Scopes(values.stream().filter(allowed.values::contains).toList());
  }

  /** The tokens of this set and then those of the other one that are not in it. */
  public Scopes plus(Scopes more) {
    return new Scopes(Stream.concat(values.stream(), more.values.stream()).distinct().toList());
  }

  /** The tokens of this set that are not in the other one. */
  public Scopes minus(Scopes less) {
    return new Scopes(values.stream().filter(token -> !less.values.contains(token)).toList());
  }

  /** The tokens separated by spaces, as on the wire. */
  @Override
  public String toString() {
    return String.join(" ", values);
  }

  private static boolean isScopeToken(String token) {
    return !token.isEmpty()
        && token.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"' && c != '\\');
  }
}
