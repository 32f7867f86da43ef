package io.mcpoauth.core.flow;

import io.mcpoauth.core.protocol.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Request parameters that a test changes one by one. Immutable. */
final class Query {

  private final List<Map.Entry<String, String>> entries;

  private Query(List<Map.Entry<String, String>> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Names and values in turn. */
  static Query of(String... namesAndValues) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Query(entries);
  }

  /** With that value in place of any other. */
  Query with(String name, String value) {
    return without(name).and(name, value);
  }

  /** With that value in addition to any other. */
  Query and(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(entries);
    more.add(Map.entry(name, value));
    return new Query(more);
  }

  Query without(String name) {
    return new Query(entries.stream().filter(entry -> !entry.getKey().equals(name)).toList());
  }

  Parameters parameters() {
    String text =
        entries.stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    return Parameters.parse(text).orElseThrow();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
