package io.mcpoauth.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars as an SVG, legible on light and on dark pages. */
public final class BarChart {

  private static final int WIDTH = 720;
  private static final int LABEL_WIDTH = 230;
  private static final int VALUE_WIDTH = 90;
  private static final int BAR_HEIGHT = 18;
  private static final int STEP = 26;
  private static final int TOP = 40;

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  /** A chart that begins empty. */
  public BarChart(String title) {
    this.title = title;
  }

  private record Bar(String label, double value) {}

  /** Adds a bar below the others. */
  public void bar(String label, double value) {
    bars.add(new Bar(label, value));
  }

  /** The SVG document. */
  public String svg() {
    double largest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    int height = TOP + STEP * bars.size() + 8;
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"13\">",
        WIDTH,
        height);
    line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
    line(svg, "<text x=\"10\" y=\"24\" font-weight=\"bold\">%s</text>", escaped(title));
    for (int i = 0; i < bars.size(); i++) {
      draw(svg, bars.get(i), TOP + i * STEP, largest);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Bar bar, int top, double largest) {
    double width = (WIDTH - LABEL_WIDTH - VALUE_WIDTH) * bar.value() / largest;
    int text = top + BAR_HEIGHT - 5;
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        LABEL_WIDTH - 8,
        text,
        escaped(bar.label()));
    line(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#3b6ea5\"/>",
        LABEL_WIDTH,
        top,
        width,
        BAR_HEIGHT);
    line(
        svg,
        "<text x=\"%.1f\" y=\"%d\">%s</text>",
        LABEL_WIDTH + width + 6,
        text,
        Table.format(bar.value()));
  }

  private static void line(StringBuilder svg, String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
