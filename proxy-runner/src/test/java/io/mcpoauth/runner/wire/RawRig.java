package io.mcpoauth.runner.wire;

import io.mcpoauth.servlet.contract.RawClient;
import io.mcpoauth.servlet.contract.RawUpstream;
import java.io.IOException;

/**
 * An instance whose clients and whose MCP server are bare sockets: a test sends and sees every
 * byte. All tests that leave nothing behind share one.
 */
final class RawRig implements AutoCloseable {

  /** What an attacker would like to be read as a request of its own. */
  static final String SMUGGLED = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

  final RawUpstream upstream = new RawUpstream();
  private final Instance instance;
  private final String authorization;

  RawRig(TwoInstances proxy) {
    instance = proxy.anotherBefore(upstream.url("/mcp"));
    authorization = "Authorization: Bearer " + App.register(proxy).tokens().access() + "\r\n";
  }

  /** A connection to the instance. */
  RawClient connect() throws IOException {
    return new RawClient(instance.port());
  }

  /** All that the instance answers before it closes the connection. */
  String answers(String request) {
    return new Wire(instance).raw(request);
  }

  /** A request of a user for the MCP server that lacks nothing but these fields and its body. */
  String mcp(String method, String fields) {
    return method + " /mcp HTTP/1.1\r\nHost: localhost\r\n" + authorization + fields + "\r\n";
  }

  /** The field with a good token. */
  String authorization() {
    return authorization;
  }

  /** How many responses that is. */
  static int count(String answers) {
    return answers.split("HTTP/1\\.1 [2-5]", -1).length - 1;
  }

  @Override
  public void close() throws IOException {
    instance.close();
    upstream.close();
  }
}
