package io.mcpoauth.runner.check;

import io.mcpoauth.core.spi.provider.Finding;
import io.mcpoauth.servlet.forward.McpServer;
import io.mcpoauth.servlet.internal.forward.ForwardTarget;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Whether an MCP server answers. */
final class McpServerCheck {

  /** The one request that a server takes before a session begins, and that changes nothing. */
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  private final WebProbe probe;

  McpServerCheck(WebProbe probe) {
    this.probe = probe;
  }

  Finding of(McpServer server) {
    URI url = new ForwardTarget(server).endpoint();
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(PING))
            .build();
    WebProbe.Outcome outcome = probe.head(request);
    return outcome instanceof WebProbe.Outcome.Answered answered
        ? ofStatus(url, answered.status())
        : Finding.broken(
            url + " does not answer: " + ((WebProbe.Outcome.Failed) outcome).cause(),
            "Start the MCP server, or correct MCP_SERVER_URL.");
  }

  private static Finding ofStatus(URI url, int status) {
    String text = url + " answers with status " + status;
    if (status == 401 || status == 403) {
      return Finding.doubtful(
          text,
          "The MCP server asks for credentials of its own, but the proxy takes clients' credentials"
              + " away: let it trust X-Forwarded-User.");
    }
    if (status == 404 || (status >= 300 && status < 400)) {
      return Finding.broken(text, "MCP_SERVER_URL needs the path at which it serves MCP.");
    }
    return status >= 500
        ? Finding.broken(text, "The MCP server is out of order.")
        : Finding.sound(text);
  }
}
