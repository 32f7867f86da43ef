package io.mcpoauth.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table in Markdown. */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  /** A table with those columns. */
  public Table(String... columns) {
    rows.add(List.of(columns));
  }

  /** Adds a row; numbers are printed with the digits that they deserve. */
  public void row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double number ? format(number) : String.valueOf(cell));
    }
    rows.add(List.copyOf(row));
  }

  /** A number in plain digits: three that count, or all before the point. */
  static String format(double number) {
    double size = Math.abs(number);
    String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, number);
  }

  @Override
  public String toString() {
    String rule = "|" + " --- |".repeat(rows.get(0).size()) + "\n";
    return line(rows.get(0))
        + rule
        + rows.stream().skip(1).map(Table::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
