package io.mcpoauth.servlet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseStreamTest {

  private final List<String> events = new ArrayList<>();
  private final RecycledOutput output = new RecycledOutput();

  /** What Tomcat's output is once the container has ended the exchange itself. */
  private static final class RecycledOutput extends ServletOutputStream {

    private boolean recycled;

    @Override
    public boolean isReady() {
      if (recycled) {
        throw new IllegalStateException("the response was recycled");
      }
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      try {
        listener.onWritePossible();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void write(int octet) {}
  }

  private static <T> T container(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private ResponseStream stream() throws IOException {
    HttpServletResponse response =
        container(
            HttpServletResponse.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getOutputStream" -> output;
                  case "getContentType" -> "text/event-stream";
                  case "containsHeader" -> false;
                  default -> null;
                });
    AsyncContext context =
        container(
            AsyncContext.class,
            (self, method, arguments) -> {
              events.add(method.getName());
              return response;
            });
    ResponseStream stream = new ResponseStream(context, () -> events.add("client gone"));
    stream.open();
    return stream;
  }

  @Test
  void probeOfAnExchangeThatTheContainerHasEndedEndsItHereToo_RS23() throws Exception {
    ResponseStream stream = stream();
    stream.begin(200, List.of());
    events.clear();

    output.recycled = true;
    stream.probe();

    assertThat(events).containsExactly("client gone", "complete");
  }
}
