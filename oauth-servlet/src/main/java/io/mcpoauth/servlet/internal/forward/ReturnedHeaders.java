package io.mcpoauth.servlet.internal.forward;

import io.mcpoauth.servlet.message.HeaderField;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of an MCP server's response that clients see (RS-21).
 *
 * <p>Removed: what belongs to one hop, CORS fields (ours stand in their place, so that they are
 * never doubled), cookies and other fields that would change how browsers treat our whole origin,
 * what the server runs on, what is an order to a web server before us, and our own forwarded fields
 * should they be echoed (HS-14). {@code Location}, {@code Content-Location} and challenges that
 * name the internal server name the public one instead; what names other internal hosts is left
 * out.
 */
public final class ReturnedHeaders {

  private static final Set<String> REMOVED =
      Set.of(
          "accept-ch",
          "alt-svc",
          "authorization",
          "clear-site-data",
          "forwarded",
          "login-status",
          "nel",
          "origin-agent-cluster",
          "public-key-pins",
          "refresh",
          "report-to",
          "reporting-endpoints",
          "server",
          "service-worker-allowed",
          "set-cookie",
          "set-cookie2",
          "strict-transport-security",
          "via",
          "x-backend-server",
          "x-content-type-options",
          "x-powered-by",
          "x-sendfile",
          "x-served-by");

  private static final Set<String> REWRITTEN =
      Set.of("content-length", "content-location", "link", "location", "www-authenticate");
  private static final int MOST_ADDED = 8;
  private static final FieldNames END_TO_END = new FieldNames(ReturnedHeaders::isEndToEnd);

  private ReturnedHeaders() {}

  /**
   * The fields to answer with; {@code Content-Length} stays, when there is one that can be true.
   *
   * @param urls what to make of URLs
   */
  public static List<HeaderField> toClient(
      int status, List<HeaderField> upstream, ReturnedUrls urls) {
    List<HeaderField> fields = END_TO_END.filter(upstream, MOST_ADDED);
    for (ListIterator<HeaderField> all = fields.listIterator(); all.hasNext(); ) {
      HeaderField field = all.next();
      String folded = END_TO_END.fold(field.name());
      if (REWRITTEN.contains(folded)) {
        String value = rewritten(status, folded, field.value(), urls);
        if (value == null) {
          all.remove();
        } else {
          all.set(new HeaderField(field.name(), value));
        }
      }
    }
    return fields;
  }

  private static @Nullable String rewritten(
      int status, String folded, String value, ReturnedUrls urls) {
    return switch (folded) {
      // RFC 9110 section 8.6: such an answer ends with its head, whatever a broken server says.
      case "content-length" -> status == 204 ? null : value;
      case "link" -> urls.areInternalIn(value) ? null : value;
      case "www-authenticate" -> urls.publicChallenge(value);
      default -> urls.publicForm(value);
    };
  }

  /** Whether these are the fields of an event stream. */
  public static boolean isEventStream(List<HeaderField> fields) {
    return fields.stream()
        .anyMatch(
            field ->
                field.name().equalsIgnoreCase("Content-Type")
                    && field.value().toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
  }

  private static boolean isEndToEnd(String folded) {
    return !folded.isEmpty()
        && !REMOVED.contains(folded)
        && !HeaderNames.isHopByHop(folded)
        && !folded.startsWith("access-control-")
        && !folded.startsWith("x-accel-")
        && !folded.startsWith("x-aspnet")
        && !folded.startsWith("x-forwarded");
  }
}
