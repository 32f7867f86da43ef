package io.mcpoauth.runner.jetty;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The HTTP server as a process of its own: says its port, and ends with its input. */
final class SmallServer {

  private SmallServer() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (waiting, next) -> new DescriptorCheck("", next),
            new Ok());
    System.out.println(server.port());
    while (System.in.read() >= 0) {
      // Nothing is said.
    }
    System.exit(0);
  }

  private static final class Ok extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
  }
}
