package io.mcpoauth.servlet.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of an MCP server's response that clients see (RS-21).
 *
 * <p>Removed: what belongs to one hop, CORS fields (ours stand in their place, so that they are
 * never doubled), cookies and other fields that would change how browsers treat our whole origin,
 * what the server runs on, and our own forwarded fields should they be echoed (HS-14). {@code
 * Location} and {@code Content-Location} that name the internal server name the public one instead.
 */
final class ReturnedHeaders {

  private static final Set<String> REMOVED =
      Set.of(
          "alt-svc",
          "clear-site-data",
          "forwarded",
          "nel",
          "public-key-pins",
          "report-to",
          "reporting-endpoints",
          "server",
          "service-worker-allowed",
          "set-cookie",
          "set-cookie2",
          "strict-transport-security",
          "via",
          "x-content-type-options",
          "x-powered-by");

  private ReturnedHeaders() {}

  /** The fields to answer with; {@code Content-Length} stays, when there is one. */
  static List<HeaderField> toClient(List<HeaderField> upstream, ForwardTarget target) {
    Set<String> nominated = HeaderNames.nominated(upstream);
    List<HeaderField> fields = new ArrayList<>(upstream.size());
    for (HeaderField field : upstream) {
      String folded = HeaderNames.fold(field.name());
      if (isEndToEnd(folded) && !nominated.contains(folded) && HeaderNames.isWellFormed(field)) {
        fields.add(isLocation(folded) ? rewritten(field, target) : field);
      }
    }
    return fields;
  }

  static boolean isEventStream(List<HeaderField> fields) {
    return fields.stream()
        .anyMatch(
            field ->
                field.name().equalsIgnoreCase("Content-Type")
                    && field.value().toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
  }

  private static boolean isLocation(String folded) {
    return folded.equals("location") || folded.equals("content-location");
  }

  private static HeaderField rewritten(HeaderField field, ForwardTarget target) {
    return new HeaderField(field.name(), target.publicForm(field.value()));
  }

  private static boolean isEndToEnd(String folded) {
    return !folded.isEmpty()
        && !REMOVED.contains(folded)
        && !HeaderNames.isHopByHop(folded)
        && !folded.startsWith("access-control-")
        && !folded.startsWith("x-forwarded");
  }
}
