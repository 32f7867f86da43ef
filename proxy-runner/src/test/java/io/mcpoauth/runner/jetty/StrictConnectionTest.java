package io.mcpoauth.runner.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpoauth.servlet.contract.RawClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jetty would take, and what it would refuse, were it left alone. */
class StrictConnectionTest {

  private static final String HOST = "\r\nHost: localhost\r\n";

  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        HttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (waiting, next) -> next,
            new Echo());
  }

  @AfterAll
  static void stop() {
    server.drainAndStop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  /x HTTP/1.1",
        "GET /x  HTTP/1.1",
        "GET   /x   HTTP/1.1",
        "GET /x http/1.1",
        "GET /x Http/1.1",
        "GET /x HTTp/1.1",
        "GET http:/x HTTP/1.1",
        "GET http:x HTTP/1.1",
        "GET http:/x?://y HTTP/1.1",
        "GET http:///x HTTP/1.1",
        "GET HTTPS:/x HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "GET http://elsewhere.example/x HTTP/1.1"
      })
  void oddRequestLineIsRefusedAndTheConnectionClosed_HP06_HP07_RS18(String line)
      throws IOException {
    assertThat(answers(line + HOST + "\r\nGET /next HTTP/1.1" + HOST + "\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Connection: close\r\n")
        .doesNotContain("path=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost,localhost", "localhost, localhost", "a b", ""})
  void oddHostClosesTheConnection_HP06(String host) throws IOException {
    assertThat(answers("GET /x HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("Connection: close\r\n");
  }

  @Test
  void lineThatComesInPiecesIsReadAsOne_HP07() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      for (String piece : new String[] {"\r\n", "GE", "T ", "/a", " HT", "TP/1.1", HOST, "\r\n"}) {
        client.send(piece);
      }
      client.readUntil("path=/a");
      client.send("GET /b HTTP/1.1" + HOST + "X-Two:  a  b http/1.1\r\n\r\nGET ");
      client.readUntil("path=/b");
      client.send(" /c HTTP/1.1" + HOST + "\r\n");
      assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void absoluteTargetOfOurHostIsServed_HP06() throws IOException {
    assertThat(answers("GET http://localhost/x HTTP/1.1" + HOST + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("path=/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: WebSocket\r\nConnection: close\r\n",
        "Upgrade: h2c\r\nConnection: close\r\n",
        "Upgrade: h2c\r\nConnection: close, Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMA\r\n",
        "Upgrade: websocket, h2c\r\nUpgrade: x\r\nConnection: close, upgrade\r\n"
      })
  void upgradeIsNeverMade_RS19(String fields) throws IOException {
    assertThat(answers("GET /x HTTP/1.1" + HOST + fields + "\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("path=/x");
  }

  private static String answers(String requests) throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(requests);
      return client.readAll();
    }
  }

  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("path=" + request.getRequestURI());
    }
  }
}
