package io.mcpoauth.servlet.internal.parse;

import io.mcpoauth.core.secret.Secret;
import io.mcpoauth.servlet.internal.cookie.BrowserCookies;
import io.mcpoauth.servlet.message.HeaderField;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the header fields of a request say. */
public final class RequestHeaders {

  private static final Set<String> EMBEDDED = Set.of("iframe", "frame", "embed", "object");

  /** Two fields are not none, beside which other credentials would be good (CA-04); no scheme. */
  private static final Secret SEVERAL = Secret.of("several");

  private RequestHeaders() {}

  /** The credentials, or {@link #SEVERAL}; null when there are none. */
  public static @Nullable Secret authorization(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders("Authorization"));
    if (values.isEmpty()) {
      return null;
    }
    return values.size() == 1 ? Secret.of(values.get(0)) : SEVERAL;
  }

  /** The cookies of the sign-in. */
  public static BrowserCookies cookies(HttpServletRequest request) {
    return BrowserCookies.parse(Collections.list(request.getHeaders("Cookie")));
  }

  /** All header field lines. */
  public static List<HeaderField> all(HttpServletRequest request) {
    List<HeaderField> fields = new ArrayList<>();
    for (Enumeration<String> names = request.getHeaderNames(); names.hasMoreElements(); ) {
      String name = names.nextElement();
      for (Enumeration<String> v = request.getHeaders(name); v.hasMoreElements(); ) {
        fields.add(new HeaderField(name, v.nextElement()));
      }
    }
    return fields;
  }

  /** Whether a browser wants to show the answer inside another page (CN-14). */
  public static boolean isEmbedded(HttpServletRequest request) {
    String destination = request.getHeader("Sec-Fetch-Dest");
    return destination != null && EMBEDDED.contains(destination.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether a browser says that a page of another origin sent this. The {@code Origin} field cannot
   * tell: our pages send {@code null} because of their {@code Referrer-Policy}.
   */
  public static boolean isCrossSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && !site.equals("same-origin") && !site.equals("none");
  }

  /**
   * Whether a browser says that its user, or a page of ours, made this request. A browser that does
   * not say so cannot be told from one that another site led here (CN-04).
   */
  public static boolean isUsersOwn(HttpServletRequest request) {
    return request.getHeader("Sec-Fetch-Site") != null && !isCrossSite(request);
  }

  /** Whether nobody asked for this request yet: a browser guesses that somebody may (UP-23). */
  public static boolean isPrefetch(HttpServletRequest request) {
    return contains(request, "Sec-Purpose", "prefetch")
        || contains(request, "Purpose", "prefetch")
        || contains(request, "X-Moz", "prefetch");
  }

  /** Whether the caller would rather have JSON than a page (RFC 9110 section 12.5.1). */
  public static boolean prefersJson(HttpServletRequest request) {
    double json = 0;
    double html = 0;
    for (String field : Collections.list(request.getHeaders("Accept"))) {
      for (String range : field.toLowerCase(Locale.ROOT).split(",", -1)) {
        String[] parts = range.split(";", -1);
        switch (parts[0].strip()) {
          case "application/json" -> json = Math.max(json, weight(parts));
          case "text/html", "application/xhtml+xml", "text/*" ->
              html = Math.max(html, weight(parts));
          default -> {}
        }
      }
    }
    return json > html;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.matches("q=[01](\\.[0-9]{0,3})?")) {
        return Double.parseDouble(parameter.substring(2));
      }
    }
    return 1;
  }

  private static boolean contains(HttpServletRequest request, String name, String text) {
    String value = request.getHeader(name);
    return value != null && value.toLowerCase(Locale.ROOT).contains(text);
  }
}
