package io.mcpoauth.servlet.proxy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import java.io.IOException;

/**
 * The end of a response that will never be whole. A container ends each response regularly that an
 * application completes, so that to the client half a body would look like all of it (RS-22). What
 * it does break off is the response of a servlet that fails; so the exchange goes there to fail.
 */
final class BrokenResponse {

  private static final String ATTRIBUTE = BrokenResponse.class.getName();

  private BrokenResponse() {}

  /** Ends the exchange. */
  static void end(AsyncContext context) {
    context.getRequest().setAttribute(ATTRIBUTE, true);
    context.dispatch();
  }

  /** To be asked first by the servlet that the exchange comes back to. */
  static void failIfAny(ServletRequest request) throws IOException {
    if (request.getAttribute(ATTRIBUTE) != null) {
      throw new IOException("The MCP server broke its response off");
    }
  }
}
