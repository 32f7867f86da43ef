package io.mcpoauth.servlet.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
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

  private static final Set<String> LOCATIONS = Set.of("location", "content-location");
  private static final int MOST_ADDED = 8;
  private static final FieldNames END_TO_END = new FieldNames(ReturnedHeaders::isEndToEnd);

  private ReturnedHeaders() {}

  /** The fields to answer with; {@code Content-Length} stays, when there is one. */
  static List<HeaderField> toClient(List<HeaderField> upstream, ForwardTarget target) {
    List<HeaderField> fields = END_TO_END.filter(upstream, MOST_ADDED);
    fields.replaceAll(field -> isLocation(field.name()) ? rewritten(field, target) : field);
    return fields;
  }

  private static boolean isLocation(String name) {
    return LOCATIONS.contains(END_TO_END.fold(name));
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
