package io.mcpoauth.core.flow;

import io.mcpoauth.core.protocol.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Request parameters that a test changes one by one. Immutable. */
public final class Query {

  private final List<Map.Entry<String, String>> entries;

  private Query(List<Map.Entry<String, String>> entries) {
    this.entries = List.copyOf(entries);
  }

  /** Names and values in turn. */
  public static Query of(String... namesAndValues) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      entries.add(Map.entry(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new Query(entries);
  }

  /** With that value in place of any other. */
  public Query with(String name, String value) {
    return without(name).and(name, value);
  }

  /** With that value in addition to any other. */
  public Query and(String name, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(entries);
    more.add(Map.entry(name, value));
    return new Query(more);
  }

  /** Without any value of that name. */
  public Query without(String name) {
    return new Query(entries.stream().filter(entry -> !entry.getKey().equals(name)).toList());
  }

  /** As in a query string or a form. */
  public String encoded() {
    return entries.stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** As a server reads them. */
  public Parameters parameters() {
    return Parameters.parse(encoded()).orElseThrow();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
