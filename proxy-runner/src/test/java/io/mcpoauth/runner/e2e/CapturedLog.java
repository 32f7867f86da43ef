package io.mcpoauth.runner.e2e;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that is logged meanwhile: ours at its most talkative, that of libraries as it is set. */
public final class CapturedLog implements AutoCloseable {

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = context.getLogger("io.mcpoauth");
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          messages.add(event.getFormattedMessage());
          if (event.getThrowableProxy() != null) {
            messages.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
          }
        }
      };

  /** Begins to listen. */
  public CapturedLog() {
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    ours.addAppender(appender);
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
  }

  /** Messages, and stack traces of those that have one. */
  public List<String> messages() {
    return messages;
  }

  @Override
  public void close() {
    ours.setLevel(null);
    ours.setAdditive(true);
    ours.detachAppender(appender);
    root.detachAppender(appender);
  }
}
