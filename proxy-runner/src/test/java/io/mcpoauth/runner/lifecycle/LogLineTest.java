package io.mcpoauth.runner.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log as the program ships it. */
class LogLineTest {

  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\n2026-01-01T00:00:00.000Z INFO  Forged - b",
        "a\u001b[2Jb",
        "a\u009b31mb",
        "a\u2028b\u2029c\u0085d",
        "a\u0000b\u007fc\u000bd",
        "\u202egnp.exe\u2066"
      })
  void eventIsOneLineWhateverStandsInIt_LG03(String text) throws JoranException {
    String line = lineOf(text);

    assertThat(line).endsWith("\n").startsWith("20").contains(" INFO  LogLineTest - name=");
    assertThat(line.substring(0, line.length() - 1))
        .doesNotContainPattern(
            "[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");
  }

  @Test
  void messagesOfExceptionsForgeNoEvent_LG03() throws JoranException {
    String forged = "a\r\n2026-01-01T00:00:00.000Z INFO  Forged - b\u001b[2J";
    String text =
        textOf("a", new IllegalStateException(forged, new IllegalArgumentException(forged)));

    assertThat(text)
        .containsOnlyOnce("java.lang.IllegalStateException: a_")
        .contains("\n\tat ", "\nCaused by: java.lang.IllegalArgumentException: a_")
        .doesNotContain("\r", "\u001b")
        .endsWith("\n");
    assertThat(text.lines().filter(line -> line.startsWith("20"))).hasSize(1);
  }

  private String lineOf(String name) throws JoranException {
    return textOf(name, null);
  }

  private String textOf(String name, @Nullable Throwable cause) throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogLineTest.class.getResource("/logback.xml"));
    Logger logger = context.getLogger(LogLineTest.class);
    AsyncAppender queue =
        (AsyncAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("queue");
    ConsoleAppender<ILoggingEvent> terminal =
        (ConsoleAppender<ILoggingEvent>) queue.getAppender("terminal");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.INFO, "name={}", cause, new Object[] {name});
    return new String(terminal.getEncoder().encode(event), UTF_8);
  }
}
