package io.mcpoauth.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportTest {

  @Test
  void oneDisturbedRoundDoesNotMoveTheMedian() {
    assertThat(samples(10, 900, 11).median()).isEqualTo(11);
    assertThat(samples(1, 2, 3, 400).median()).isEqualTo(2.5);
  }

  @Test
  void ratiosAreOfPairsSoThatADisturbanceOfBothSidesDoesNotCount() {
    Samples ours = samples(50, 5, 48);
    Samples theirs = samples(100, 10, 100);

    assertThat(ours.medianRatio(theirs)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void numbersArePrintedWithTheDigitsThatCount() {
    Table table = new Table("what", "how much");
    table.row("rate", 12_345.6);
    table.row("time", 45.67);
    table.row("ratio", 0.512);

    assertThat(table)
        .hasToString(
            """
            | what | how much |
            | --- | --- |
            | rate | 12,346 |
            | time | 45.7 |
            | ratio | 0.51 |
            """);
  }

  @Test
  void aChartIsWellFormedWhateverItsLabels() throws Exception {
    BarChart chart = new BarChart("a < b & c");
    chart.bar("<one>", 1);
    chart.bar("two", 2);

    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(chart.svg())));
    assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(3);
    assertThat(svg.getElementsByTagName("text").item(1).getTextContent()).isEqualTo("<one>");
  }

  private static Samples samples(double... values) {
    Samples samples = new Samples();
    for (double value : values) {
      samples.add(value);
    }
    return samples;
  }
}
