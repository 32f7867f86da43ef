package io.mcpoauth.benchmarks.report;

import io.mcpoauth.benchmarks.Options;
import io.mcpoauth.benchmarks.machine.Machine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a benchmark found out: printed, and kept in a folder with its plots. */
public final class Report {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final String name;
  private final Path folder;
  private final StringBuilder text = new StringBuilder();

  /** A report under the name of the benchmark. */
  public Report(Options options) {
    this.name = options.benchmark();
    this.folder = Path.of(options.text("out", "examples/benchmarks/target/results"));
    say("Machine: " + Machine.describe() + ". Commit: " + Machine.commit() + ".");
    say("Command: `" + options.command() + "`");
  }

  /** Tells of the progress, which is not kept. */
  public void progress(String line) {
    OUT.println("  " + line);
  }

  /** Adds a paragraph. */
  public void say(String paragraph) {
    text.append(paragraph).append("\n\n");
  }

  /** Adds a table. */
  public void add(Table table) {
    text.append(table).append('\n');
  }

  /**
   * Adds a plot.
   *
   * @param part what it shows, as a part of a file's name
   */
  public void add(String part, BarChart chart) {
    String file = name + "-" + part + ".svg";
    write(file, chart.svg());
    text.append("![").append(part).append("](").append(file).append(")\n\n");
  }

  /** Prints everything and keeps it. */
  public void finish() {
    OUT.println();
    OUT.print(text);
    write(name + ".md", text.toString());
    OUT.println("Kept in " + folder);
  }

  private void write(String file, String content) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
